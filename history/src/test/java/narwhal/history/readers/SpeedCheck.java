package narwhal.history.readers;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import narwhal.errors.NarwhalException;

/// Measures how long 20 MB of each kind of log take, from a cold start: `java -cp … narwhal.history.readers.SpeedCheck [KIND]`.
public final class SpeedCheck {
    private static final int SIZE = 20 << 20;

    private SpeedCheck() {
    }

    static Map<String, Callable<byte[]>> kinds() {
        var kinds = new LinkedHashMap<String, Callable<byte[]>>();
        var truth = Truth.random(1, 30, "loss", "acc", "val_loss", "val_acc");
        kinds.put("bars", () -> repeat(KerasPrinter.print(KerasPrinter.KERAS_2_GENERATOR, truth, true, "\n")));
        kinds.put("keras 3", () -> repeat(Files.readString(Path.of("src/test/resources/keras/bar-terminal.log"))));
        kinds.put("lines", () -> repeat(KerasPrinter.print(KerasPrinter.TF_2_LINES, truth, false, "")));
        kinds.put("printed", () -> repeat(PrintedLogsTest.print(PrintedLogsTest.STYLES.getFirst(), truth)));
        kinds.put("steps", () -> repeat("Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.213470\n".repeat(900)
                + "Test set: Average loss: 0.2034, Accuracy: 9412/10000 (94%)\n"));
        kinds.put("tqdm",
                () -> repeat("Epoch 1/3:  50%|█████     | 235/469 [00:06<00:06, 38.2it/s, loss=0.523, acc=0.81]\r"));
        kinds.put("csv",
                () -> ("epoch,loss,accuracy,val_loss,val_accuracy\n"
                        + repeatText("0,2.3017282024383543,0.10279999673366547,2.4012943702697753,0.11056667\n"))
                        .getBytes(StandardCharsets.UTF_8));
        kinds.put("one line",
                () -> repeat(KerasPrinter.print(KerasPrinter.KERAS_2_GENERATOR, truth, false, "").replace("\n", " ")));
        kinds.put("history",
                () -> ("{\"loss\": [" + repeatText("0.6931471824645996, ") + "0.5]}").getBytes(StandardCharsets.UTF_8));
        kinds.put("prose", () -> repeat(
                "My network does not learn, the loss is 0.69 and stays; I use Adam with a rate of 0.001.\n"));
        return kinds;
    }

    private static byte[] repeat(String text) {
        return repeatText(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String repeatText(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return text.repeat(SIZE / bytes);
    }

    /// Processor time of this thread. Readers start no other.
    static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Reads a log.
    ///
    /// @return milliseconds of processor time
    static long read(byte[] bytes) {
        long start = processorNanos();
        try {
            Logs.read(bytes, "speed");
        } catch (NarwhalException e) {
            // Prose holds no epoch: that must be quick as well.
        }
        return (processorNanos() - start) / 1_000_000;
    }

    public static void main(String[] args) throws Exception {
        for (var kind : kinds().entrySet()) {
            if (args.length > 0 && !kind.getKey().equals(args[0])) continue;
            var bytes = kind.getValue().call();
            long before = System.nanoTime();
            long cpu = read(bytes);
            long millis = (System.nanoTime() - before) / 1_000_000;
            IO.println(kind.getKey() + ": " + millis + " ms, " + cpu + " ms of processor time");
        }
    }
}
