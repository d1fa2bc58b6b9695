package narwhal.cli;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;

/// Ctrl-C, SIGTERM and SIGHUP while a training runs. The first one asks the training to finish its step and to save; a second
/// one ends the process at once. Before and after the training the first one ends it, too.
///
/// Handlers replace the JVM's own, which would end the process while a checkpoint is being written. A signal that the process
/// was started to ignore (`nohup`) stays ignored: the JVM leaves such ones alone.
final class Signals {
    private static final int OFFSET = 128;

    private final AtomicInteger received = new AtomicInteger();
    private final Consumer<String> remarks;
    private final boolean ofProcess;
    private volatile boolean training;

    private Signals(Consumer<String> remarks, boolean ofProcess) {
        this.remarks = remarks;
        this.ofProcess = ofProcess;
    }

    /// The signals of this process, which are heard from [#beginTraining] on.
    ///
    /// @param remarks takes a line for the user
    static Signals ofProcess(Consumer<String> remarks) {
        return new Signals(remarks, true);
    }

    /// Nothing ever comes: for a program that runs a command inside itself.
    static Signals none() {
        return new Signals(line -> {
        }, false);
    }

    private void listen() {
        for (var name : new String[]{"INT", "TERM", "HUP"}) {
            try {
                Signal.handle(new Signal(name), this::receive);
            } catch (IllegalArgumentException e) {
                // This system has no such signal, or the JVM was told to leave it alone (-Xrs).
            }
        }
    }

    /// From now on there is a state worth saving.
    void beginTraining() {
        training = true;
        if (ofProcess) listen();
    }

    /// From now on all is saved.
    void endTraining() {
        training = false;
        if (isReceived()) Runtime.getRuntime().halt(exitCode());
    }

    /// Whether one came.
    boolean isReceived() {
        return received.get() != 0;
    }

    /// 128 and the number of the signal: 130, 143 or 129; 0 if none came.
    int exitCode() {
        return received.get() == 0 ? 0 : OFFSET + received.get();
    }

    private void receive(Signal signal) {
        boolean first = received.compareAndSet(0, signal.getNumber());
        if (!first || !training) Runtime.getRuntime().halt(exitCode());
        remarks.accept("");
        remarks.accept("SIG" + signal.getName() + ": saving after this step; once more ends at once.");
    }
}
