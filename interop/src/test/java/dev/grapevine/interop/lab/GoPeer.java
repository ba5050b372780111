package dev.grapevine.interop.lab;

/** A peer of Fabric's. */
public final class GoPeer extends LabPeer {
    private final LabScript script;

    GoPeer(String name, Organisation organisation, int port, LabScript script) {
        super(name, organisation, port, new NodeLog(script.folder().resolve("logs/" + name + ".log")));
        this.script = script;
    }

    @Override
    void launch() {
        script.run(settings(), "start", name());
    }

    @Override
    public void stop() {
        script.run(settings(), "stop", name());
    }

    @Override
    public void kill() {
        script.run(settings(), "kill", name());
    }

    @Override
    public long pid() {
        return ProcessFiles.pid(script.folder(), name());
    }

    /** Stops it and removes its chain. */
    public void wipe() {
        script.run(settings(), "wipe", name());
    }
}
