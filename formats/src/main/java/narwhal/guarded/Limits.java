package narwhal.guarded;

import java.util.Locale;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// How much a model file may ask for. Nothing in a file changes them. Time needs no limit of its own: every byte of a file is
/// looked at a bounded number of times.
///
/// @param bytes of a file, and of all entries of an archive together; 4 GiB unless said
/// @param entries of an archive; 64 unless said
/// @param ratio how many times its compressed bytes an entry of an archive may become beyond 16 MiB; 20 unless said
/// @param depth of groups within groups; 32 unless said
/// @param objects (groups and data sets) of an HDF5 file; 20,000 unless said
/// @param structure bytes of all headers, trees and heaps of an HDF5 file; 64 MiB unless said
/// @param text bytes of all names and attributes of an HDF5 file; 24 MiB unless said
public record Limits(long bytes, int entries, int ratio, int depth, int objects, long structure, long text) {
    public Limits {
        if (bytes < 1 || entries < 1 || ratio < 1 || depth < 1 || objects < 1 || structure < 1 || text < 1)
            throw new IllegalArgumentException("limits are at least 1");
    }

    /// What every model that fits one machine stays below.
    public static Limits standard() {
        return new Limits(4L << 30, 64, 20, 32, 20_000, 64 << 20, 24 << 20);
    }

    public Limits bytes(long bytes) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits entries(int entries) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits ratio(int ratio) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits depth(int depth) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits objects(int objects) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits structure(long structure) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    public Limits text(long text) {
        return new Limits(bytes, entries, ratio, depth, objects, structure, text);
    }

    /// Changes the limit of that name, as the option `--limit NAME=NUMBER` does.
    ///
    /// @throws NarwhalException `USAGE_VALUE` for a name that is no limit or a number below 1
    public Limits with(String name, long value) {
        if (value < 1) throw Problem.USAGE_VALUE.because("--limit " + name + "=" + value + ": expected at least 1");
        int small = (int) Math.min(value, Integer.MAX_VALUE);
        return switch (name) {
            case "bytes" -> bytes(value);
            case "entries" -> entries(small);
            case "ratio" -> ratio(small);
            case "depth" -> depth(small);
            case "objects" -> objects(small);
            case "structure" -> structure(value);
            case "text" -> text(value);
            default -> throw Problem.USAGE_VALUE
                    .because("--limit " + name + ": expected bytes, entries, ratio, depth, objects, structure or text");
        };
    }

    /// The error for a limit that was hit.
    ///
    /// @param place file and place in it
    /// @param name of the limit, one of this record's
    /// @param came how much the file asks for, with its unit
    public NarwhalException exceeded(String place, String name, String came, long limit) {
        return Problem.MODEL_LIMIT.because(
                place + ": " + came + ", the limit '" + name + "' is " + String.format(Locale.ROOT, "%,d", limit),
                "raise it with --limit " + name + "=NUMBER if the file is trusted");
    }
}
