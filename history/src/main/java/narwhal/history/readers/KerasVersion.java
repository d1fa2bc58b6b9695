package narwhal.history.readers;

import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;

/// Gathers what sets the versions of Keras apart.
final class KerasVersion {
    private long bars;
    private long lines;
    private boolean heavy;
    private boolean perStep;
    private boolean perSample;
    private boolean counted;
    private boolean dotted;
    private boolean fromZero;
    private boolean shortAccuracy;
    private boolean longAccuracy;

    void header(int number, int total) {
        fromZero |= number == 0 && total == 0;
    }

    void line(Keras.Line line) {
        if (line.bar()) bars++;
        else
            lines++;
        heavy |= line.heavy();
        perStep |= line.perStep().isPresent() && !line.perSample();
        perSample |= line.perSample();
        counted |= !line.bar() && line.done() >= 0;
    }

    void name(String name) {
        dotted |= name.endsWith("acc.");
        shortAccuracy |= name.equals("acc") || name.equals("val_acc");
        longAccuracy |= name.equals("accuracy") || name.equals("val_accuracy");
    }

    LogFormat format() {
        var framework = framework();
        var kind = bars > 0 ? Kind.PROGRESS : Kind.EPOCH_LINES;
        var name = switch (framework) {
            case KERAS_0 -> "keras-0";
            case KERAS_1 -> "keras-1";
            case KERAS_2 -> "keras-2";
            case KERAS_3 -> "keras-3";
            default -> "tf.keras";
        };
        return new LogFormat(kind, framework, name + (kind == Kind.PROGRESS ? " progress" : " epoch lines"));
    }

    private Framework framework() {
        if (heavy) return Framework.KERAS_3;
        if (dotted || fromZero) return Framework.KERAS_0;
        if (perSample || longAccuracy && !shortAccuracy)
            return counted && perStep && bars == 0 ? Framework.KERAS_3 : Framework.TF_KERAS;
        if (bars == 0) return counted ? Framework.TF_KERAS : Framework.KERAS_2;
        if (perStep) return Framework.KERAS_2;
        return Framework.KERAS_1;
    }
}
