package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `narwhal` among a JDK and a Maven that only tell how they were called.
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    @TempDir
    Path folder;
    private Path home;
    private Path jdk;

    @BeforeEach
    void aCheckout() throws IOException {
        home = Files.createDirectories(folder.resolve("a checkout"));
        Files.copy(Path.of("..", "narwhal"), home.resolve("narwhal"));
        for (var module : List.of("base", "engine", "history", "doctor", "core", "formats", "cli")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(home.resolve("pom.xml"), "");
        jdk = jdk(folder.resolve("jdks/jdk-25"), "25.0.1");
        Files.createDirectories(folder.resolve("bin"));
    }

    private static Path jdk(Path place, String version) throws IOException {
        script(place.resolve("bin/java"), "printf 'java'; printf ' [%s]' \"$@\"; echo \" in $LC_ALL\"");
        script(place.resolve("bin/javac"), "exit 1");
        Files.writeString(place.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return place;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// As a build leaves it.
    private void built() throws IOException {
        Files.createDirectories(home.resolve("cli/target/modules"));
        Files.writeString(home.resolve("cli/target/narwhal-cli-0.1.0.jar"), "");
    }

    private void maven(String then) throws IOException {
        script(folder.resolve("bin/mvn"), "echo \"$JAVA_HOME $*\" >> '" + folder.resolve("mvn.txt") + "'\n" + then);
    }

    private Outcome start(Map<String, String> environment, Path launcher, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(words));
        var err = folder.resolve("err.txt").toFile();
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(err);
        for (var variable : List.of("JAVA_HOME", "NARWHAL_JVM", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"))
            builder.environment().remove(variable);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + tools());
        builder.environment().put("NARWHAL_JDKS", folder.resolve("jdks").toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, Files.readString(err.toPath()));
    }

    /// What a plain system has, without Java and Maven.
    private String tools() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : List.of("bash", "dirname", "readlink", "sed", "find", "mkdir", "tail", "env", "flock", "rm")) {
            for (var place : List.of("/bin", "/usr/bin")) {
                var found = Path.of(place, tool);
                if (Files.exists(found) && !Files.exists(tools.resolve(tool)))
                    Files.createSymbolicLink(tools.resolve(tool), found);
            }
        }
        return tools.toString();
    }

    @Test
    void startsWhatIsBuilt() throws Exception {
        built();
        var outcome = start(Map.of("NARWHAL_JVM", "-Xmx4g -ea"), home.resolve("narwhal"), "train", "my data", "*");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("java ").contains("[-Xmx4g] [-ea]")
                .contains("[" + home.resolve("cli/target/narwhal-cli-0.1.0.jar") + ":"
                        + home.resolve("cli/target/modules")
                        + "] [--module] [narwhal.cli/narwhal.cli.Main] [train] [my data] [*] in C.UTF-8");
    }

    /// The virtual machine never renews the classes it kept of an older build, it only ignores them.
    @Test
    void classesKeptOfAnOlderBuildAreThrownAway() throws Exception {
        built();
        var kept = Files.writeString(home.resolve("cli/target/doctor.jsa"), "");
        var jar = home.resolve("cli/target/narwhal-cli-0.1.0.jar");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        var outcome = start(Map.of(), home.resolve("narwhal"), "doctor", "train.log");
        assertThat(outcome.out()).contains("[-XX:SharedArchiveFile=" + kept + "]", "[--class-path] [" + jar,
                "[narwhal.cli.Main] [doctor] [train.log]");
        assertThat(kept).exists();

        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));
        assertThat(start(Map.of(), home.resolve("narwhal"), "doctor", "train.log").err()).isEmpty();
        assertThat(kept).doesNotExist();
    }

    /// Java ends with "multiple garbage collectors selected" if it is given two.
    @Test
    void theGarbageCollectorIsTheUsersWhereHeNamesOne() throws Exception {
        built();
        for (var word : List.of("train", "doctor")) {
            assertThat(start(Map.of(), home.resolve("narwhal"), word).out()).containsOnlyOnce("GC]");
            for (var variable : List.of("NARWHAL_JVM", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")) {
                assertThat(start(Map.of(variable, "-Xmx4g -XX:+UseZGC"), home.resolve("narwhal"), word).out())
                        .doesNotContain("UseParallelGC", "UseSerialGC");
            }
            // What is about a collector without choosing one leaves ours.
            assertThat(start(Map.of("NARWHAL_JVM", "-XX:ParallelGCThreads=2 -XX:+UseGCOverheadLimit"),
                    home.resolve("narwhal"), word).out())
                    .containsOnlyOnce("GC]");
        }
    }

    @Test
    void mayBeCalledThroughALink() throws Exception {
        built();
        Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("links/one"), Path.of("two"));
        Files.createSymbolicLink(folder.resolve("links/two"), home.resolve("narwhal"));
        assertThat(start(Map.of(), folder.resolve("links/one")).out()).contains(home + "/cli/target/modules");
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        built();
        var outcome = start(Map.of("NARWHAL_JDKS", folder.resolve("none").toString()), home.resolve("narwhal"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).startsWith("narwhal: needs a JDK 25 and found none: install one");
    }

    @Test
    void anOlderJdkIsPassedOver() throws Exception {
        built();
        var older = jdk(folder.resolve("older/jdk-17"), "17.0.9");
        assertThat(start(Map.of("JAVA_HOME", older.toString()), home.resolve("narwhal")).code()).isZero();
        assertThat(start(Map.of("JAVA_HOME", older.toString(), "NARWHAL_JDKS", folder.resolve("none").toString()),
                home.resolve("narwhal")).err()).startsWith("narwhal: needs a JDK 25");
        assertThat(start(Map.of("JAVA_HOME", jdk.toString(), "NARWHAL_JDKS", folder.resolve("none").toString()),
                home.resolve("narwhal")).code()).isZero();
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        maven("mkdir -p cli/target/modules; echo > cli/target/narwhal-cli-0.1.0.jar");
        assertThat(start(Map.of(), home.resolve("narwhal")).err()).isEqualTo(
                "narwhal: building, once; this takes a minute or two …\n");
        assertThat(start(Map.of(), home.resolve("narwhal")).err()).isEmpty();
        var source = Files.writeString(home.resolve("core/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(start(Map.of(), home.resolve("narwhal")).err()).contains("building");

        assertThat(Files.readAllLines(folder.resolve("mvn.txt"))).hasSize(2)
                .allMatch(line -> line.startsWith(jdk + " ") && line.endsWith("-pl cli -am package"));
    }

    @Test
    void aBuildThatFailsShowsItsEnd() throws Exception {
        maven("echo 'what went wrong'; exit 1");
        var outcome = start(Map.of(), home.resolve("narwhal"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("what went wrong", "narwhal: the build failed; all of it is in " + home);
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        var outcome = start(Map.of(), home.resolve("narwhal"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo(
                "narwhal: needs Maven to build itself: install Maven 3.8.6 or newer (maven.apache.org).\n");
    }
}
