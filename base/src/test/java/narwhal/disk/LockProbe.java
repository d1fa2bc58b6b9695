package narwhal.disk;

import java.io.IOException;
import java.nio.file.Path;
import narwhal.errors.NarwhalException;

/// A process that tries to take a run folder, says what came of it, and holds on until it is killed.
final class LockProbe {
    private LockProbe() {
    }

    static void main(String[] arguments) throws IOException {
        try {
            if (arguments[1].equals("lock")) RunLock.acquire(Path.of(arguments[0]));
            IO.println("GOT IT");
        } catch (NarwhalException e) {
            IO.println(e.getMessage());
        }
        System.in.read();
    }
}
