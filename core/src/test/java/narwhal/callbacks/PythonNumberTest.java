package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected: what CPython 3.11 prints for `repr(v)`, `'%.4f' % v` and `'%.4e' % v`.
class PythonNumberTest {
    @ParameterizedTest
    @CsvSource({"0.0005000000237487257, 0.0005, 5.0000e-04", "2.9999999242136255e-05, 0.0000, 3.0000e-05",
        "1e+16, 10000000000000000.0000, 1.0000e+16", "9999999999999998.0, 9999999999999998.0000, 1.0000e+16",
        "1000000000000000.0, 1000000000000000.0000, 1.0000e+15", "0.0001, 0.0001, 1.0000e-04",
        "0.00012345, 0.0001, 1.2345e-04", "9.9e-05, 0.0001, 9.9000e-05", "1.0, 1.0000, 1.0000e+00",
        "-0.0, -0.0000, -0.0000e+00", "0.0, 0.0000, 0.0000e+00", "123456.789, 123456.7890, 1.2346e+05",
        "2.2250738585072014e-308, 0.0000, 2.2251e-308", "0.30000000000000004, 0.3000, 3.0000e-01",
        "100.0, 100.0000, 1.0000e+02", "0.00095, 0.0009, 9.5000e-04", "0.001, 0.0010, 1.0000e-03",
        "0.00125, 0.0013, 1.2500e-03", "9.99995, 10.0000, 1.0000e+01", "0.99995, 1.0000, 9.9995e-01",
        "1.00005, 1.0001, 1.0001e+00", "12345.67895, 12345.6789, 1.2346e+04", "9.99995e-05, 0.0001, 9.9999e-05",
        "nan, nan, nan", "inf, inf, inf", "-inf, -inf, -inf"})
    void printsAsPython(String shortest, String fixed, String scientific) {
        double value = switch (shortest) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(shortest);
        };
        assertThat(PythonNumber.shortest(value)).isEqualTo(shortest);
        assertThat(PythonNumber.fixed(value, 4)).isEqualTo(fixed);
        assertThat(PythonNumber.scientific(value, 4)).isEqualTo(scientific);
    }
}
