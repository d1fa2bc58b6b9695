package narwhal.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearestResizeTest {
    /// Expected: the columns Pillow 12.3 takes.
    @Test
    void takesPillowsPixels() {
        assertThat(NearestResize.sources(10, 4)).containsExactly(1, 3, 6, 8);
        assertThat(NearestResize.sources(5, 8)).containsExactly(0, 0, 1, 2, 2, 3, 4, 4);
        assertThat(NearestResize.sources(3, 3)).containsExactly(0, 1, 2);
    }
}
