package narwhal.errors;

import java.util.Locale;

/// The catalogue of everything that can go wrong for a reason outside the program. Each entry has a code users can search
/// for, the exit code of the command line, what it means, and what to do next.
public enum Problem {
    INTERNAL(1, "a fault in Narwhal itself", "please report it with the trace in the run folder"),

    USAGE_UNKNOWN_OPTION(2, "an option or command that does not exist", "see narwhal --help"),
    USAGE_VALUE(2, "a value an option cannot take", "see narwhal --help"),
    USAGE_CONFLICT(2, "options that exclude each other", "leave one of them out"),
    BATCH_SIZE(2, "a batch size below 1 or above the number of pictures", "choose a batch size the set can fill"),
    SHAPE_MISMATCH(2, "a layer was given a shape it cannot take", "change the layer or the shape of the pictures"),
    SHAPE_TOO_SMALL(2, "pictures too small for the network", "use larger pictures or fewer poolings"),

    DATA_NOT_FOUND(3, "the path is missing, not a folder or not readable", "check the path"),
    DATA_ONE_CLASS(3, "fewer classes than the task needs", "give one sub-folder of pictures to each class"),
    DATA_EMPTY_CLASS(3, "a class without usable pictures", "add pictures or remove the folder"),
    DATA_CLASS_MISMATCH(3, "training and validation have different classes", "give both the same sub-folders"),
    DATA_CLASS_NAMES(3, "class names equal but for case or Unicode form", "rename one of the folders"),
    IMG_UNKNOWN_FORMAT(3, "not a picture", "remove it or use --skip-bad-images"),
    IMG_UNSUPPORTED(3, "a picture format that is not read", "convert it to PNG or JPEG"),
    IMG_TRUNCATED(3, "a picture that ends too early", "replace it or use --skip-bad-images"),
    IMG_CORRUPT(3, "a damaged picture", "replace it or use --skip-bad-images"),
    IMG_TOO_LARGE(3, "a picture larger than the limit", "shrink it or raise --max-pixels"),
    IMG_UNREADABLE(3, "a picture that cannot be read", "check its permissions or use --skip-bad-images"),
    IMG_CHANGED(3, "a picture that changed during the run", "start again once the data rests"),
    IMG_NOT_A_FILE(3, "a pipe, socket or device where a picture was expected", "remove it"),
    LOG_UNREADABLE(3, "a log that cannot be read", "check the path"),
    LOG_UNKNOWN_FORMAT(3, "text in which no training epoch was recognised", "give a Keras log, a CSV or a history"),

    NUM_NOT_FINITE(4, "the loss, a weight or a metric is no longer a finite number", "lower the learning rate"),

    DOCTOR_FINDING(5, "the doctor found something at or above --fail-on", "read the finding"),

    CKPT_DAMAGED(6, "a damaged checkpoint", "use an older one"),
    CKPT_NEWER_VERSION(6, "a checkpoint of a newer Narwhal", "update Narwhal"),
    CKPT_OTHER_MODEL(6, "a checkpoint of another model", "build the model it was saved from"),
    CKPT_OTHER_DATA(6, "a checkpoint of a run on other data", "start a new run"),
    CKPT_NONE_VALID(6, "no valid checkpoint in the run folder", "start a new run"),
    MODEL_UNKNOWN_FORMAT(6, "not a model file", "give a .keras, .h5 or .ckpt file"),
    MODEL_DAMAGED(6, "a damaged model file", "copy or save it again"),
    MODEL_UNKNOWN_LAYER(6, "a layer that Narwhal does not know", "replace the layer"),
    MODEL_REFUSED_CODE(6, "a model file that asks to run code", "remove the layer that carries code"),
    MODEL_REFUSED_LINK(6, "a model file that points to other files", "save it again as one self-contained file"),
    MODEL_SIZE_MISMATCH(6, "weights that do not fit their layer", "save the model again"),
    MODEL_LIMIT(6, "a model file beyond a safety limit", "raise the named limit if the file is trusted"),

    DISK_FULL(7, "no space left for a file", "free some space; the previous file is intact"),
    DISK_WRITE(7, "a file could not be written", "check the disk; the previous file is intact"),
    DISK_PERMISSION(7, "no permission to write", "choose another folder"),
    RUN_IN_USE(7, "another run is using the run folder", "wait for it or choose another --run-dir"),
    RUN_EXISTS(7, "the run folder already holds a run", "choose another --run-dir or continue it with --resume"),

    MEM_ESTIMATE(8, "the run would not fit into memory", "use a smaller batch or smaller pictures"),
    MEM_EXHAUSTED(8, "memory ran out; checkpoints are intact", "use a smaller batch or smaller pictures");

    private final int exitCode;
    private final String meaning;
    private final String nextStep;

    Problem(int exitCode, String meaning, String nextStep) {
        this.exitCode = exitCode;
        this.meaning = meaning;
        this.nextStep = nextStep;
    }

    /// The code shown to users, such as `E-IMG-TRUNCATED`.
    public String code() {
        return "E-" + name().replace('_', '-').toUpperCase(Locale.ROOT);
    }

    /// The exit code of the command line, 1 to 8.
    public int exitCode() {
        return exitCode;
    }

    /// Whether a single picture is at fault.
    public boolean isOfPicture() {
        return name().startsWith("IMG_");
    }

    /// What this problem means, as half a sentence without a full stop.
    public String meaning() {
        return meaning;
    }

    /// What to do about it when the place that met it knows nothing better.
    public String nextStep() {
        return nextStep;
    }

    /// An exception for this problem with the catalogue's own advice.
    ///
    /// @param detail place, what came and what was expected, such as `cats/a.jpg: ends after 512 of 9,120 bytes`
    public NarwhalException because(String detail) {
        return new NarwhalException(this, detail, nextStep, null);
    }

    /// An exception for this problem, caused by `cause`, with the catalogue's own advice.
    public NarwhalException because(String detail, Throwable cause) {
        return new NarwhalException(this, detail, nextStep, cause);
    }

    /// An exception for this problem with advice that fits the case better than the catalogue's.
    public NarwhalException because(String detail, String nextStep) {
        return new NarwhalException(this, detail, nextStep, null);
    }
}
