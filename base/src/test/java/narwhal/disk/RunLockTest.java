package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import narwhal.errors.NarwhalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reliability A9: of simultaneous starts exactly one gets the folder. Other processes run [LockProbe].
class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void aSecondTryInThisProcessNamesTheOwner() {
        try (var lock = RunLock.acquire(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RunLock.acquire(folder)).isInstanceOf(NarwhalException.class)
                    .hasMessageStartingWith("E-RUN-IN-USE")
                    .hasMessageContaining("pid " + ProcessHandle.current().pid() + " on ");
        }
        RunLock.acquire(folder).close();
    }

    @Test
    void aFailedTryInThisProcessDoesNotDropTheLock() throws Exception {
        try (var lock = RunLock.acquire(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> RunLock.acquire(folder)).hasMessageStartingWith("E-RUN-IN-USE");

            try (var probes = start(1, "lock")) {
                assertThat(probes.answers()).singleElement().asString().contains("E-RUN-IN-USE")
                        .contains("pid " + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void ofFiveStartsOneGetsTheFolderAndAKilledOwnerLeavesItFree() throws Exception {
        try (var probes = start(5, "lock")) {
            var answers = probes.answers();
            assertThat(answers).filteredOn(a -> a.equals("GOT IT")).hasSize(1);
            var owner = probes.processes.get(answers.indexOf("GOT IT"));
            assertThat(answers).filteredOn(a -> !a.equals("GOT IT"))
                    .allMatch(a -> a.contains("pid " + owner.pid() + " ") || a.contains("another process"));

            owner.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            RunLock.acquire(folder).close();
        }
    }

    /// The negative control: without the lock all of them would train.
    @Test
    void withoutTheLockAllOfThemStart() throws Exception {
        try (var probes = start(2, "none")) {
            assertThat(probes.answers()).containsOnly("GOT IT");
        }
    }

    @Test
    void aMissingFolderIsOneClearLine() {
        assertThatThrownBy(() -> RunLock.acquire(folder.resolve("no"))).isInstanceOf(NarwhalException.class)
                .hasMessageStartingWith("E-DISK-WRITE");
    }

    private Probes start(int count, String mode) throws IOException {
        var here = System.getProperty("basedir", System.getProperty("user.dir"));
        var classPath = Path.of(here, "target", "classes") + java.io.File.pathSeparator
                + Path.of(here, "target", "test-classes");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var processes = new ArrayList<Process>();
        for (int i = 0; i < count; i++)
            processes.add(new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath,
                    LockProbe.class.getName(), folder.toString(), mode).redirectErrorStream(true).start());
        return new Probes(processes);
    }

    private record Probes(List<Process> processes) implements AutoCloseable {
        List<String> answers() throws IOException {
            var answers = new ArrayList<String>();
            for (var process : processes) {
                BufferedReader reader = process.inputReader();
                answers.add(reader.readLine());
            }
            return answers;
        }

        @Override
        public void close() {
            processes.forEach(Process::destroyForcibly);
        }
    }
}
