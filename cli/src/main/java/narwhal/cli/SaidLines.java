package narwhal.cli;

import java.util.ArrayList;
import java.util.List;
import narwhal.training.RunFolder;
import org.jspecify.annotations.Nullable;

/// The lines of a training: to the console and, as they are, to the run folder's `log.txt`.
final class SaidLines {
    private final Console console;
    private final boolean isSilent;
    private final List<String> early = new ArrayList<>();
    private @Nullable RunFolder folder;

    SaidLines(Console console, boolean isSilent) {
        this.console = console;
        this.isSilent = isSilent;
    }

    /// From now on there is a log; what was said before is in it, too.
    synchronized void keepIn(RunFolder folder) {
        this.folder = folder;
        early.forEach(folder::log);
        early.clear();
    }

    void say(String line) {
        if (!isSilent) console.say(line);
        log(line);
    }

    /// A line that the console has already shown.
    synchronized void log(String line) {
        if (folder == null) early.add(line);
        else
            folder.log(line);
    }

    /// A line that is shown even where the training is silent.
    void warn(String line) {
        console.remark(line);
        log(line);
    }
}
