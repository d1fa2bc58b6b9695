package narwhal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import narwhal.disk.CrashState.Fate;
import narwhal.disk.RecordingDisk.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A power cut at any moment (reliability A5). The oracle is the list of what was announced.
class CrashTest {
    @Test
    void everythingAnnouncedIsFoundAfterAPowerCut() throws Exception {
        assertThat(badStates(Fault.NONE, 6)).isEmpty();
    }

    @Test
    @Tag("slow")
    void everythingAnnouncedIsFoundAfterTenThousandPowerCuts() throws Exception {
        assertThat(badStates(Fault.NONE, 60)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aDiskThatLeavesOutItsDutiesIsNoticed(Fault fault) throws Exception {
        assertThat(badStates(fault, 2)).isNotEmpty();
    }

    /// Every prefix of the run, each with all un-forced work lost, all done, and some by chance.
    private static List<String> badStates(Fault fault, int byChance) throws Exception {
        var operations = recorded(fault);
        var bad = new ArrayList<String>();
        for (int length = 0; length <= operations.size(); length++)
            for (int i = 0; i < byChance + 2; i++) {
                var fate = i == 0 ? Fate.ALL_LOST : i == 1 ? Fate.ALL_DONE : Fate.BY_CHANCE;
                var state = CrashState.after(operations, length, fate, new Random(1_000L * length + i));
                var wrong = examine(state);
                if (!wrong.isEmpty()) bad.add(length + " operations, " + fate + " " + i + ": " + wrong);
            }
        return bad;
    }

    private static List<RecordingDisk.Operation> recorded(Fault fault) throws Exception {
        try (var system = Jimfs.newFileSystem(Configuration.unix())) {
            var disk = new RecordingDisk(Disk.real(), fault);
            SmallRun.run(disk, system.getPath("/run"));
            return disk.operations;
        }
    }

    private static String examine(CrashState state) throws Exception {
        try (var system = Jimfs.newFileSystem(Configuration.unix())) {
            state.materialize(system.getPath("/"));
            return SmallRun.examine(system.getPath("/run"), state.announced);
        }
    }
}
