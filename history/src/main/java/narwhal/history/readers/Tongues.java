package narwhal.history.readers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Puts what people print in other languages into English, so that one reader does for all: words for losses, accuracies, sets and epochs,
/// and the punctuation of Chinese and Japanese. Only lines with letters beyond ASCII are looked at.
final class Tongues {
    private record Word(String foreign, String english) {}

    /// A word that is the beginning of another one stands behind it.
    private static final List<Word> WORDS = List.of(
            // Chinese
            word("训练集", " train "), word("训练", " train "), word("验证集", " val "), word("验证", " val "),
            word("测试集", " test "), word("测试", " test "), word("损失值", " loss "), word("损失", " loss "),
            word("准确率", " acc "), word("准确度", " acc "), word("正确率", " acc "), word("精确度", " acc "),
            word("平均", " "), word("轮次", " epoch "), word("第", " epoch "), word("轮", " "), word("学习率", " lr "),
            word("用时", " time "), word("耗时", " time "), word("最佳", " best "),
            // Japanese
            word("エポック", " epoch "), word("学習損失", " train loss "), word("学習精度", " train acc "),
            word("訓練", " train "), word("検証", " val "), word("テスト", " test "), word("損失", " loss "),
            word("正解率", " acc "), word("精度", " acc "),
            // Korean
            word("에포크", " epoch "), word("에폭", " epoch "), word("훈련", " train "), word("학습률", " lr "),
            word("학습", " train "), word("검증", " val "), word("테스트", " test "), word("손실", " loss "),
            word("정확도", " acc "),
            // Russian
            word("эпоха", " epoch "), word("на обучении", " train "), word("обучения", " train "),
            word("на валидации", " val "), word("валидации", " val "), word("на тесте", " test "),
            word("точность", " acc "), word("ошибка", " loss "), word("потери", " loss "), word("потеря", " loss "),
            word("обучение", " train "),
            word("тестовая", " test "), word("тест", " test "), word("валидация", " val "),
            // Spanish and Portuguese
            word("pérdida", " loss "), word("precisión", " acc "), word("exactitude", " acc "),
            word("exactitud", " acc "), word("entrenamiento", " train "), word("validación", " val "),
            word("época", " epoch "),
            word("acurácia", " acc "), word("precisão", " acc "), word("treinamento", " train "),
            word("validação", " val "),
            // French
            word("entraînement", " train "), word("précision", " acc "),
            word("époque", " epoch "), word("en validation", " val "), word("perte", " loss "),
            // Turkish
            word("eğitim", " train "), word("doğrulama", " val "), word("kaybı", " loss "), word("kayıp", " loss "),
            word("doğruluğu", " acc "), word("doğruluk", " acc "),
            // Polish
            word("dokładność", " acc "), word("strata", " loss "), word("uczenia", " train "),
            word("treningowa", " train "), word("walidacyjna", " val "),
            word("testowa", " test "),
            word("walidacji", " val "), word("epoka", " epoch "),
            // Vietnamese
            word("mất mát", " loss "), word("độ chính xác", " acc "), word("trên tập", " "),
            word("huấn luyện", " train "),
            word("kiểm tra", " test "));

    private static final Map<Character, List<Word>> BY_FIRST = WORDS.stream()
            .collect(Collectors.groupingBy(word -> word.foreign().charAt(0)));

    private static final String FULL_WIDTH = "：，（）；。【】％　·＝";
    private static final String ASCII = ":,();.[]% |=";

    private Tongues() {
    }

    private static Word word(String foreign, String english) {
        return new Word(foreign, english);
    }

    /// The line with English words.
    static String english(String line) {
        if (line.length() > 1_000 || !isForeign(line)) return line;
        var english = new StringBuilder(line.length() + 40);
        for (int i = 0; i < line.length();) {
            var word = at(line, i);
            if (word.isPresent()) {
                english.append(word.get().english());
                i += word.get().foreign().length();
            } else {
                int wide = FULL_WIDTH.indexOf(line.charAt(i));
                english.append(wide < 0 ? line.charAt(i) : ASCII.charAt(wide));
                i++;
            }
        }
        return english.toString();
    }

    /// Whether it has a letter beyond ASCII, unlike the many lines with the blocks of a bar.
    private static boolean isForeign(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c >= 0x80 && (Character.isLetter(c) || FULL_WIDTH.indexOf(c) >= 0)) return true;
        }
        return false;
    }

    private static Optional<Word> at(String line, int i) {
        var words = BY_FIRST.get(Character.toLowerCase(line.charAt(i)));
        if (words == null) return Optional.empty();
        return words.stream().filter(word -> line.regionMatches(true, i, word.foreign(), 0, word.foreign().length()))
                .findFirst();
    }
}
