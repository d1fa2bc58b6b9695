package narwhal.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Runs one race: all rivals are started and warmed up, then take turns, one step each and round by round; who is not in
/// turn is idle. The ratio of a round is the best peer's time by ours, the best peer being the one with the least median.
///
/// Usage: see `benchmarks/race --help`.
public final class Race {
    /// Threads of other libraries spin for a while before they sleep.
    private static final int PAUSE_MILLIS = 250;
    private static final List<String> PEERS = List.of("pytorch-eager", "pytorch-channels-last", "pytorch-compile",
            "keras-tensorflow", "libtorch");
    private static final List<String> PICTURE_PEERS = List.of("keras-generator", "keras-tf-data");
    private static final int FILE_HEIGHT = 240;
    private static final int FILE_WIDTH = 360;

    private final Options options;
    private final Races.Entry race;
    private final List<Rival> rivals = new ArrayList<>();

    private record Options(int threads, int rounds, double warmUp, List<String> peers, Path python, Path scripts,
            Path log) {}

    private static final class Result {
        final String name;
        final double[] values;

        Result(String name, int count) {
            this.name = name;
            this.values = new double[count];
        }

        double median() {
            var sorted = values.clone();
            Arrays.sort(sorted);
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }

    private Race(Options options, Races.Entry race) {
        this.options = options;
        this.race = race;
    }

    /// Runs the races named on the command line.
    public static void main(String[] args) throws Exception {
        int threads = 2;
        int rounds = 7;
        double warmUp = 15;
        var peers = List.<String>of();
        var names = new ArrayList<String>();
        for (var arg : args) {
            if (arg.equals("--list")) {
                Races.ALL.forEach(race -> System.out.println(race.name()));
                return;
            }
            if (arg.startsWith("--threads=")) threads = Integer.parseInt(value(arg));
            else if (arg.startsWith("--pairs=")) rounds = Integer.parseInt(value(arg));
            else if (arg.startsWith("--warm-up=")) warmUp = Double.parseDouble(value(arg));
            else if (arg.startsWith("--peers=")) peers = List.of(value(arg).split(",", -1));
            else
                names.add(arg);
        }
        var options = new Options(threads, rounds, warmUp, peers, Path.of(System.getProperty("race.python")),
                Path.of(System.getProperty("race.peers")), Files.createTempDirectory("race"));
        if (names.contains("all")) {
            names.clear();
            Races.ALL.forEach(race -> names.add(race.name()));
        }
        for (var name : names) {
            var race = Races.ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
            if (race.isEmpty()) {
                System.err.println("no race is called " + name + "; benchmarks/race --list names them");
                System.exit(2);
            } else {
                new Race(options, race.get()).run();
            }
        }
    }

    private static String value(String arg) {
        return arg.substring(arg.indexOf('=') + 1);
    }

    private void run() throws IOException, InterruptedException {
        try {
            if (race.ofPictures()) Pipeline.draw(pictures(), FILE_HEIGHT, FILE_WIDTH);
            start("narwhal");
            var usual = race.ofPictures() ? PICTURE_PEERS : PEERS;
            for (var peer : options.peers.isEmpty() ? usual : options.peers) start(peer);
            if (rivals.size() < 2) throw new IOException("no peer could be started, see " + options.log);
            var results = race.ofMemory() ? memory() : times();
            report(results);
        } finally {
            rivals.forEach(Rival::close);
        }
    }

    private Path pictures() {
        return options.log.resolve("pictures");
    }

    private void start(String name) throws IOException {
        var log = options.log.resolve(race.name() + "-" + name + ".log");
        var rival = Rival.start(name, command(name), log);
        if (rival.isEmpty()) {
            System.err.println(race.name() + ": " + name + " did not start and is left out, see " + log);
            return;
        }
        System.err.println(race.name() + ": " + name + " is ready (" + rival.get().about() + ")");
        rivals.add(rival.get());
    }

    private List<String> command(String name) {
        var command = new ArrayList<String>();
        var threads = Integer.toString(options.threads);
        var java = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        java.addAll(List.of(System.getProperty("race.jvm").split(" ", -1)));
        java.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        switch (name) {
            case "narwhal" -> {
                command.addAll(java);
                command.addAll(List.of("narwhal.benchmarks.Runner", threads));
            }
            case "libtorch" -> {
                command.addAll(java);
                command.addAll(List.of("narwhal.benchmarks.libtorch.LibtorchRunner", threads));
            }
            case "keras-tensorflow" -> command.addAll(
                    List.of(options.python.toString(), options.scripts.resolve("keras_runner.py").toString(), threads));
            case "keras-generator", "keras-tf-data" -> command.addAll(
                    List.of(options.python.toString(), options.scripts.resolve("pipeline_runner.py").toString(),
                            name.replace("keras-", ""), threads));
            default -> command.addAll(List.of(options.python.toString(),
                    options.scripts.resolve("torch_runner.py").toString(), name.replace("pytorch-", ""), threads));
        }
        command.addAll(Arrays.asList(race.work().split(" ", -1)));
        if (race.ofPictures()) command.add(pictures().toString());
        return command;
    }

    private List<Result> times() throws IOException, InterruptedException {
        for (var rival : rivals) warmUp(rival, options.warmUp);
        var results = rivals.stream().map(rival -> new Result(rival.name(), options.rounds)).toList();
        for (int round = 0; round < options.rounds; round++) {
            for (int i = 0; i < rivals.size(); i++) {
                Thread.sleep(PAUSE_MILLIS);
                results.get(i).values[round] = rivals.get(i).step();
            }
        }
        return results;
    }

    private static void warmUp(Rival rival, double enough) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < 2 || (System.nanoTime() - start) * 1e-9 < enough; i++) rival.step();
    }

    private List<Result> memory() throws IOException {
        var results = new ArrayList<Result>();
        for (var rival : rivals) {
            for (int i = 0; i < 5; i++) rival.step();
            var result = new Result(rival.name(), 1);
            result.values[0] = rival.peakMegabytes();
            results.add(result);
        }
        return results;
    }

    private void report(List<Result> results) {
        for (var result : results) {
            System.err.println(race.name() + ": " + result.name + " " + show(result.median()) + " (min "
                    + show(Arrays.stream(result.values).min().orElseThrow()) + ", max "
                    + show(Arrays.stream(result.values).max().orElseThrow()) + ")");
        }
        var ours = results.getFirst();
        var best = results.stream().skip(1).min(Comparator.comparingDouble(Result::median)).orElseThrow();
        var ratios = new double[ours.values.length];
        for (int i = 0; i < ratios.length; i++) ratios[i] = best.values[i] / ours.values[i];
        Arrays.sort(ratios);
        System.out.println(String.format(Locale.ROOT,
                "%s: narwhal %s, best peer %s (%s), ratio %.2f (min %.2f, max %.2f, %d pairs)", race.name(),
                show(ours.median()), show(best.median()), best.name, ratios[ratios.length / 2], ratios[0],
                ratios[ratios.length - 1], ratios.length));
    }

    private String show(double value) {
        if (race.ofMemory()) return String.format(Locale.ROOT, "%.0f MB", value);
        return value < 0.1
                ? String.format(Locale.ROOT, "%.2f ms", value * 1e3)
                : String.format(Locale.ROOT, "%.3f s", value);
    }
}
