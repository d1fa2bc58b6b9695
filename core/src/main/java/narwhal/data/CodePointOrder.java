package narwhal.data;

import java.nio.file.Path;
import java.util.Comparator;

/// The order of names: by Unicode code point, as Python sorts them and as UTF-8 bytes sort. `String.compareTo` differs above
/// U+FFFF.
final class CodePointOrder implements Comparator<String> {
    static final CodePointOrder NAMES = new CodePointOrder();

    /// Paths by their last name; names that Java cannot tell apart by their bytes.
    static final Comparator<Path> FILES = Comparator.comparing(CodePointOrder::name, NAMES)
            .thenComparing(Comparator.naturalOrder());

    private CodePointOrder() {
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pairs = Character.isSurrogate(x) != Character.isSurrogate(y);
                return pairs ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
