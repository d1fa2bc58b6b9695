package narwhal.cli;

import java.nio.file.Path;

/// A fault of Narwhal's own while a run folder was open, where its trace is looked for.
final class RunFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path folder;
    private final Throwable fault;

    RunFault(Path folder, Throwable fault) {
        super(fault);
        this.folder = folder;
        this.fault = fault;
    }

    Path folder() {
        return folder;
    }

    Throwable fault() {
        return fault;
    }
}
