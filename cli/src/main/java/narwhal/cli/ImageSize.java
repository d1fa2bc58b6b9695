package narwhal.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// Height and width of the pictures as the network sees them, in pixels; Keras' `target_size`.
record ImageSize(int height, int width) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:\\s*[x×,X]\\s*(\\d{1,5}))?");

    static ImageSize parse(String word) {
        var match = FORM.matcher(word.strip());
        if (!match.matches())
            throw new TypeConversionException("expected HEIGHTxWIDTH such as 200x300, or one number for a square");
        int height = Integer.parseInt(match.group(1));
        int width = match.group(2) == null ? height : Integer.parseInt(match.group(2));
        if (height < 1 || width < 1) throw new TypeConversionException("expected at least 1 pixel each way");
        return new ImageSize(height, width);
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
