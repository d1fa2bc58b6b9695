package narwhal.cli;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import narwhal.callbacks.Callback;
import narwhal.callbacks.CallbackState;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.history.Epoch;
import narwhal.history.History;

/// Shows a training: on a terminal a line that is redrawn in place, otherwise a line for each finished epoch; always under
/// `Epoch 3/60`, as in Keras. What is finished goes to the log, too, also where the console is silent.
final class Progress implements Callback {
    /// Ten times a second is as much as an eye can follow.
    private static final long BETWEEN_DRAWINGS = 100_000_000;
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private final Console console;
    private final Verbosity verbosity;
    private final Consumer<String> log;
    private final LongSupplier clock;
    private long began;
    private long drawn;
    /// Steps of the epoch, and how many of them were seen since it began here.
    private int steps = 1;
    private int seen;
    /// Columns of the unfinished line on the terminal; 0 if there is none.
    private int width;
    /// The last epoch whose heading is in the log.
    private int headed;

    private Progress(Console console, Verbosity verbosity, Consumer<String> log, LongSupplier clock) {
        this.console = console;
        this.verbosity = verbosity == Verbosity.AUTO
                ? console.isTerminal() ? Verbosity.BAR : Verbosity.LINES
                : verbosity;
        this.log = log;
        this.clock = clock;
    }

    /// Shows a training.
    ///
    /// @param log takes each finished line, without colours
    static Progress of(Console console, Verbosity verbosity, Consumer<String> log) {
        return of(console, verbosity, log, System::nanoTime);
    }

    /// @param clock nanoseconds from any moment on
    static Progress of(Console console, Verbosity verbosity, Consumer<String> log, LongSupplier clock) {
        return new Progress(console, verbosity, log, clock);
    }

    @Override
    public void onTrainBegin(Training training) {
        headed = 0;
    }

    /// An epoch that is taken up in its middle has its heading in the log already.
    @Override
    public void onEpochBegin(Training training, int epoch) {
        began = clock.getAsLong();
        drawn = began - BETWEEN_DRAWINGS;
        seen = 0;
        var heading = ProgressLine.heading(epoch, training.epochs());
        show(heading);
        if (epoch > headed) log.accept(heading);
        headed = epoch;
    }

    @Override
    public void onStepEnd(Training training, Step step) {
        steps = step.steps();
        seen++;
        if (verbosity != Verbosity.BAR) return;
        long now = clock.getAsLong();
        if (now - drawn < BETWEEN_DRAWINGS && step.number() < steps) return;
        drawn = now;
        draw(line(now, step.number(), step.metrics()).running(console.width() - 1));
    }

    @Override
    public void onEpochEnd(Training training, Epoch epoch) {
        var line = line(clock.getAsLong(), steps, epoch.metrics()).finished();
        show(line);
        log.accept(line);
    }

    /// An epoch that was interrupted leaves its line as it is.
    @Override
    public void onTrainEnd(Training training, History history) {
        if (width > 0) console.say("");
        width = 0;
    }

    @Override
    public void onMessage(String line) {
        show(line);
        log.accept(line);
    }

    @Override
    public CallbackState state() {
        return new CallbackState(Map.of("headed", (double) headed, "steps", (double) steps));
    }

    @Override
    public void restore(Training training, CallbackState state) {
        headed = state.count("headed");
        steps = Math.max(1, state.count("steps"));
    }

    private ProgressLine line(long now, int step, Map<String, Double> metrics) {
        double seconds = Math.max(0, now - began) * 1e-9;
        return new ProgressLine(step, steps, seconds, seconds / (seen == 0 ? steps : seen), metrics);
    }

    /// A finished line, in place of an unfinished one.
    private void show(String line) {
        if (verbosity == Verbosity.SILENT) return;
        console.say((width > 0 ? "\r" : "") + colored(line) + " ".repeat(Math.max(0, width - line.length())));
        width = 0;
    }

    private void draw(String line) {
        console.out().print("\r" + colored(line) + " ".repeat(Math.max(0, width - line.length())));
        console.flush();
        width = line.length();
    }

    /// The part of the bar that is done, in green.
    private String colored(String line) {
        int from = line.indexOf("[=") + 1;
        if (!console.isColored() || from == 0) return line;
        int to = from;
        while (line.charAt(to) == '=' || line.charAt(to) == '>') to++;
        return line.substring(0, from) + GREEN + line.substring(from, to) + PLAIN + line.substring(to);
    }
}
