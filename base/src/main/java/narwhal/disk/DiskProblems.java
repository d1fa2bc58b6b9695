package narwhal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// Turns what the system says about a failed write into an entry of the catalogue, with path and numbers.
final class DiskProblems {
    private DiskProblems() {
    }

    /// @param needed bytes that were to be written; 0 when the failed wish was not about bytes
    static NarwhalException of(Disk disk, Path file, long needed, IOException cause) {
        long free = freeBytes(disk, file);
        if (isFull(cause) || (free >= 0 && free < needed)) return full(file, needed, free, cause);
        var bytes = needed > 0 ? sizes(needed, free) + "; " : "";
        var detail = file + ": " + bytes + "the system says \"" + reason(cause) + "\"";
        return (isPermission(cause) ? Problem.DISK_PERMISSION : Problem.DISK_WRITE).because(detail, cause);
    }

    static NarwhalException full(Path file, long needed, long free, IOException cause) {
        return Problem.DISK_FULL.because(file + ": " + sizes(needed, free), cause);
    }

    /// Bytes free beside `file`, or -1 where the system does not say.
    static long freeBytes(Disk disk, Path file) {
        try {
            return disk.freeBytes(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static String sizes(long needed, long free) {
        var freeText = free < 0 ? "an unknown number is free" : number(free) + " are free";
        return "needs " + number(needed) + " bytes, " + freeText;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static boolean isFull(IOException e) {
        var message = reason(e).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded")
                || message.contains("not enough space");
    }

    private static boolean isPermission(IOException e) {
        var message = reason(e).toLowerCase(Locale.ROOT);
        return e instanceof AccessDeniedException || message.contains("permission denied")
                || message.contains("not permitted") || message.contains("read-only file system");
    }

    /// Exceptions of the file system often carry only the path as their message, so the kind is said as well.
    static String reason(IOException e) {
        var kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? kind : e.getMessage() + " (" + kind + ")";
    }
}
