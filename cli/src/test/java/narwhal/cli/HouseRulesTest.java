package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What no class of the product may use (docs/architecture.md), looked for in the compiled code. Each rule has an offence
/// in [Offences], which it must find.
class HouseRulesTest {
    private static List<Use> uses;

    enum Rule {
        /// They give other bits before their compilation than after it.
        VECTOR_ARITHMETIC_THAT_DEPENDS_ON_COMPILATION(
                "jdk/incubator/vector/(\\w+Vector\\.reduceLanes\\(|VectorOperators\\."
                        + "(EXP|EXPM1|LOG|LOG10|LOG1P|POW|SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2|SINH|COSH|TANH|CBRT|HYPOT)\\b).*"),
        CHANCE("java/lang/Math\\.random.*|java/util/(Random|SplittableRandom)\\.<init>.*|java/util/UUID\\.randomUUID.*"
                + "|java/util/concurrent/ThreadLocalRandom\\..*|java/security/SecureRandom\\..*"
                + "|java/lang/System\\.identityHashCode.*"),
        ORDER_DECIDED_BY_THREADS("java/util/\\w+\\.parallelStream\\(.*|java/util/stream/\\w+\\.parallel\\(.*"
                + "|java/util/concurrent/atomic/(Float|Double|Long)\\w*(Adder|Accumulator)\\..*"),
        CLOCK_OF_THE_WALL(
                "java/lang/System\\.currentTimeMillis.*|java/time/\\w+\\.now\\(.*|java/util/Date\\.<init>\\(\\).*",
                "narwhal/disk/RunLock"),
        LANGUAGE_OF_THE_MACHINE(
                "java/lang/String\\.(format\\(Ljava/lang/String;|formatted\\(|to(Lower|Upper)Case\\(\\)).*"
                        + "|java/io/Print\\w+\\.(printf|format)\\(Ljava/lang/String;.*|java/util/Locale\\.getDefault.*"
                        + "|java/util/TimeZone\\.getDefault.*|java/time/ZoneId\\.systemDefault.*"),
        FILE_WRITTEN_OUTSIDE_DISK(
                "java/nio/file/Files\\.(write|writeString|newOutputStream|newBufferedWriter|copy|move|"
                        + "delete\\w*|create\\w+|set\\w+|newByteChannel)\\(.*"
                        + "|java/nio/channels/(Asynchronous)?FileChannel\\.open.*|java/io/RandomAccessFile\\.<init>.*"
                        + "|java/io/(FileOutputStream|FileWriter|PrintWriter|PrintStream)\\.<init>\\(Ljava/(lang/String|io/File);.*",
                "narwhal/disk/RealDisk", "narwhal/disk/RunLock", "narwhal/guarded/UntrustedFile"),
        CODE_NAMED_BY_A_STRING(
                "java/lang/(Class\\.forName|ClassLoader\\.loadClass|reflect/\\w+\\.(invoke|newInstance)).*"
                        + "|java/io/ObjectInputStream\\..*|java/util/ServiceLoader\\..*|javax/script/.*"
                        + "|java/lang/invoke/MethodHandles\\$Lookup\\.(find|unreflect|define)\\w*.*"),
        NETWORK_OR_PROCESS("java/net/(URL|URI\\.toURL|Socket|ServerSocket|http/).*|java/lang/ProcessBuilder\\..*"
                + "|java/lang/Runtime\\.exec.*");

        private final Pattern forbidden;
        private final Set<String> allowedIn;

        Rule(String forbidden, String... allowedIn) {
            this.forbidden = Pattern.compile(forbidden);
            this.allowedIn = Set.of(allowedIn);
        }

        boolean isBrokenBy(Use use) {
            return forbidden.matcher(use.what).matches() && !allowedIn.contains(use.in.replaceAll("\\$.*", ""));
        }
    }

    /// A method or field that a class names.
    record Use(String in, String method, String what) {
        @Override
        public String toString() {
            return in + "." + method + " uses " + what;
        }
    }

    @BeforeAll
    static void read() {
        var path = Arrays.stream(FreshJvm.modulePath().split(File.pathSeparator)).map(Path::of).toArray(Path[]::new);
        uses = ModuleFinder.of(path).findAll().stream()
                .filter(module -> module.descriptor().name().startsWith("narwhal."))
                .flatMap(module -> classes(module).stream()).flatMap(HouseRulesTest::uses).toList();
    }

    private static List<ClassModel> classes(ModuleReference module) {
        var classes = new ArrayList<ClassModel>();
        try (var reader = module.open(); var names = reader.list()) {
            for (var name : names.filter(name -> name.endsWith(".class")).toList()) {
                try (var bytes = reader.open(name).orElseThrow()) {
                    classes.add(ClassFile.of().parse(bytes.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private static Stream<Use> uses(ClassModel model) {
        var in = model.thisClass().asInternalName();
        return model.methods().stream().flatMap(method -> method.code().stream().flatMap(code -> code.elementStream())
                .flatMap(HouseRulesTest::named).map(what -> new Use(in, method.methodName().stringValue(), what)));
    }

    private static Stream<String> named(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call -> Stream.of(call.owner().asInternalName() + "." + call.name() + call.type());
            case FieldInstruction field -> Stream.of(field.owner().asInternalName() + "." + field.name());
            case InvokeDynamicInstruction call -> call.invokedynamic().bootstrap().arguments().stream()
                    .flatMap(HouseRulesTest::referred);
            default -> Stream.empty();
        };
    }

    /// What a method reference refers to.
    private static Stream<String> referred(LoadableConstantEntry argument) {
        if (!(argument instanceof MethodHandleEntry handle)) return Stream.empty();
        var member = handle.reference();
        return Stream.of(member.owner().asInternalName() + "." + member.name() + member.type());
    }

    @Test
    void theWholeProductIsRead() {
        assertThat(uses.stream().map(Use::in)).contains("narwhal/engine/Tape", "narwhal/training/Trainer",
                "narwhal/cli/Main", "narwhal/disk/RealDisk", "narwhal/doctor/Doctor", "narwhal/history/History");
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void isKept(Rule rule) {
        assertThat(uses.stream().filter(rule::isBrokenBy)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void anOffenceIsFound(Rule rule) throws IOException {
        try (var bytes = Offences.class.getResourceAsStream("HouseRulesTest$Offences.class")) {
            var offences = uses(ClassFile.of().parse(bytes.readAllBytes())).toList();
            assertThat(offences.stream().filter(rule::isBrokenBy)).isNotEmpty();
        }
    }

    /// One of each; never called.
    static final class Offences {
        static Object[] all(String text, jdk.incubator.vector.FloatVector vector) throws Exception {
            return new Object[]{vector.reduceLanes(jdk.incubator.vector.VectorOperators.ADD), new Random(),
                new SecureRandom(), UUID.randomUUID(), List.of(text).parallelStream(), System.currentTimeMillis(),
                Stream.of(text).map(String::toLowerCase), java.nio.file.Files.newOutputStream(Path.of(text)),
                Class.forName(text), new ProcessBuilder(text)};
        }
    }
}
