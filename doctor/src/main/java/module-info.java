/// Says why a training run misbehaves, from its history alone.
module narwhal.doctor {
    requires static org.jspecify;
    requires transitive narwhal.history;

    exports narwhal.doctor;
    exports narwhal.doctor.forensics;
    exports narwhal.doctor.report;
    exports narwhal.doctor.statistics;
}
