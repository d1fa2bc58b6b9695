package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void readsItsAxesFromBothEnds() {
        var picture = Shape.of(200, 300, 3);

        assertThat(picture.rank()).isEqualTo(3);
        assertThat(picture.dim(0)).isEqualTo(200);
        assertThat(picture.dim(-2)).isEqualTo(300);
        assertThat(picture.last()).isEqualTo(3);
        assertThat(picture.size()).isEqualTo(180_000);
        assertThat(picture).hasToString("200×300×3");
    }

    @Test
    void addsAndRemovesTheBatchAxis() {
        var picture = Shape.of(2, 3);

        assertThat(picture.batch(5)).isEqualTo(Shape.of(5, 2, 3)).hasSameHashCodeAs(Shape.of(5, 2, 3));
        assertThat(picture.batch(5).sample()).isEqualTo(picture);
        assertThat(picture.withLast(7)).isEqualTo(Shape.of(2, 7)).isNotEqualTo(picture);
    }

    @Test
    void aScalarHasOneElementAndNoAxes() {
        assertThat(Shape.of().size()).isOne();
        assertThat(Shape.of()).hasToString("scalar");
    }

    @Test
    void refusesWhatCannotExist() {
        assertThatThrownBy(() -> Shape.of(3, -1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[3, -1]");
        assertThatThrownBy(() -> Shape.of(65_536, 65_536)).isInstanceOf(ArithmeticException.class);
    }
}
