package narwhal.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// What is asked of every evil file: the expected entry of the catalogue as one line, within a second of computing and 64 MiB of
/// memory. Memory is counted as everything the thread allocated, which is more than ever lived at once.
public final class Museum {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SECOND = 1_000_000_000;
    private static final long MOST_BYTES = 64 << 20;
    private static final long MOST_GARBAGE = 128 << 20;

    private Museum() {
    }

    /// Something that reads a file.
    @FunctionalInterface
    public interface Visit {
        void run() throws Exception;
    }

    /// Asserts that a visit ends as it should.
    public static void refuses(String exhibit, Problem expected, Visit visit) {
        refuses(exhibit, List.of(expected), visit);
    }

    /// Asserts that a visit ends in one of several ways.
    public static void refuses(String exhibit, List<Problem> expected, Visit visit) {
        check(exhibit, expected, measured(exhibit, visit));
    }

    private static void check(String exhibit, List<Problem> expected, Throwable caught) {
        assertThat(caught).as(exhibit).isInstanceOf(NarwhalException.class);
        assertThat(((NarwhalException) caught).problem()).as("%s: %s", exhibit, caught.getMessage()).isIn(expected);
    }

    /// The same for an exhibit of many small parts, of which only one is in memory at a time.
    public static void refusesPartByPart(String exhibit, Problem expected, Visit visit) {
        check(exhibit, List.of(expected), measured(exhibit, visit, MOST_GARBAGE));
    }

    /// Runs a visit and asserts what holds for good files too: nothing but a refusal in one line, little time, little memory.
    ///
    /// @return the refusal, or null
    public static Throwable measured(String exhibit, Visit visit) {
        return measured(exhibit, visit, MOST_BYTES);
    }

    private static Throwable measured(String exhibit, Visit visit, long mostBytes) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        var caught = catchThrowable(visit::run);
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        if (caught != null) {
            if (!(caught instanceof NarwhalException)) throw new AssertionError(exhibit, caught);
            assertThat(caught.getMessage()).as(exhibit).matches("E-MODEL-[A-Z-]+ [^\\n\\r]+; [^\\n\\r]+")
                    .hasSizeLessThanOrEqualTo(400);
        }
        assertThat(nanos).as("%s: nanoseconds", exhibit).isLessThan(SECOND);
        assertThat(bytes).as("%s: bytes", exhibit).isLessThan(mostBytes);
        return caught;
    }
}
