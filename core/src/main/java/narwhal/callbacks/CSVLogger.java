package narwhal.callbacks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.zip.CRC32C;
import narwhal.disk.Disk;
import narwhal.disk.Journal;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.History;
import org.jspecify.annotations.Nullable;

/// Writes one line of comma-separated values for each epoch, byte for byte as Keras 3 does: `epoch` counted from 0, then the
/// metrics and `learning_rate` by name; `NA` where an epoch lacks one; lines end with a carriage return and a line feed. Each
/// line is on the disk before training goes on, and a resumed training cuts off what its checkpoint does not know.
///
/// Keras has the learning rate only where a callback before this one put it; here it is always there.
///
/// Source: `keras/src/callbacks/csv_logger.py` of Keras 3; Python's `csv`, dialect `excel`.
public final class CSVLogger implements Callback {
    private static final String RATE = "learning_rate";

    private final Path file;
    private final char separator;
    private final boolean append;
    private List<String> columns = List.of();
    private long length;
    private long crc32c;
    private @Nullable Journal journal;

    private CSVLogger(Path file, char separator, boolean append) {
        this.file = file;
        this.separator = separator;
        this.append = append;
    }

    /// Writes to a file; what an older file of that name held is gone after the first epoch.
    public static CSVLogger to(Path file) {
        return new CSVLogger(file, ',', false);
    }

    /// Writes to a file; what an older file of that name held is gone after the first epoch.
    public static CSVLogger to(String file) {
        return to(Path.of(file));
    }

    /// What stands between two values; a comma unless said.
    public CSVLogger separator(char separator) {
        return new CSVLogger(file, separator, append);
    }

    /// Whether to write behind what is there, without a header where there is a first line already; false unless said.
    public CSVLogger append(boolean append) {
        return new CSVLogger(file, separator, append);
    }

    @Override
    public void onTrainBegin(Training training) {
        close();
        columns = List.of();
        length = 0;
        crc32c = 0;
        if (append && Files.exists(file)) measure();
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        var values = new HashMap<>(epoch.metrics());
        values.put(RATE, epoch.learningRate());
        var out = journal == null ? open(training) : journal;
        if (columns.isEmpty()) {
            columns = columns(epoch);
            if (needsHeader()) write(out, line("epoch", columns));
        }
        var cells = columns.stream()
                .map(name -> values.containsKey(name) ? PythonNumber.shortest(values.get(name)) : "NA").toList();
        write(out, line(Integer.toString(epoch.number() - 1), cells));
    }

    @Override
    public void onTrainEnd(Training training, History history) {
        close();
    }

    /// As in Keras: sorted, and behind them columns for a validation even where the first epoch has none.
    private static List<String> columns(Epoch epoch) {
        var metrics = epoch.metrics().keySet().stream().sorted().toList();
        var names = new ArrayList<>(metrics);
        names.add(RATE);
        names.sort(String::compareTo);
        if (metrics.stream().noneMatch(name -> name.startsWith("val_"))) {
            for (var name : metrics) names.add("val_" + name);
        }
        return names;
    }

    private boolean needsHeader() {
        if (length == 0) return true;
        try (var reader = reader()) {
            return reader.read() == '\n';
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String line(String first, List<String> others) {
        var cells = new StringBuilder(first);
        for (var cell : others) cells.append(separator).append(quoted(cell));
        return cells.append('\r').toString();
    }

    /// Quotes only where it must, as the dialect `excel`.
    private String quoted(String cell) {
        boolean plain = cell.indexOf(separator) < 0 && cell.chars().noneMatch(c -> c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private void write(Journal out, String line) {
        out.append(line);
        length = out.length();
        crc32c = out.crc32c();
    }

    private Journal open(Training training) {
        var opened = length == 0 ? Journal.create(Disk.real(), file) : resume(training);
        journal = opened;
        return opened;
    }

    /// A file that somebody has changed since is no reason to end the training, and no reason to lose what they wrote.
    private Journal resume(Training training) {
        try {
            return Journal.resume(Disk.real(), file, length, crc32c);
        } catch (NarwhalException e) {
            if (e.problem() != Problem.CKPT_DAMAGED) throw e;
            training.say(file + " is not what the checkpoint knows; its lines go on behind what is there.");
            length = 0;
            if (Files.exists(file)) measure();
            else
                columns = List.of();
            return length == 0
                    ? Journal.create(Disk.real(), file)
                    : Journal.resume(Disk.real(), file, length, crc32c);
        }
    }

    private void measure() {
        try (var in = Files.newInputStream(file)) {
            var crc = new CRC32C();
            var piece = new byte[1 << 13];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                crc.update(piece, 0, n);
                length += n;
            }
            crc32c = crc.getValue();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BufferedReader reader() throws IOException {
        return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    }

    private NarwhalException unreadable(IOException e) {
        return Problem.DISK_PERMISSION.because(file + ": cannot be read to write behind it: " + e.getMessage(), e);
    }

    private void close() {
        if (journal != null) journal.close();
        journal = null;
    }

    @Override
    public CallbackState state() {
        var numbers = new HashMap<String, Double>();
        numbers.put("length", (double) length);
        numbers.put("crc32c", (double) crc32c);
        for (int i = 0; i < columns.size(); i++) numbers.put("column " + columns.get(i), (double) i);
        return new CallbackState(numbers);
    }

    @Override
    public void restore(Training training, CallbackState state) {
        length = (long) state.number("length", 0);
        crc32c = (long) state.number("crc32c", 0);
        var names = new String[(int) state.numbers().keySet().stream().filter(CSVLogger::isColumn).count()];
        state.numbers().forEach((name, place) -> {
            if (isColumn(name)) names[place.intValue()] = name.substring("column ".length());
        });
        columns = List.of(names);
    }

    private static boolean isColumn(String name) {
        return name.startsWith("column ");
    }
}
