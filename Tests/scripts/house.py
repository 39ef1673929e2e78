"""A private house for one daemon: keys, settings, spool and ledger under one folder, and what the test drivers do with it.

The daemon and ecocctl come from ECOCD_BIN (default .build/release, else .build/debug of this package).
"""
import atexit
import collections
import csv
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Samples"
STAGES = ("tmp", "ingest", "validate", "generate", "hold", "sign", "publish")
SOURCE, DESTINATION = "crash", "nap"


# Settings and keys that others may write or read keep the daemon from starting.
os.umask(0o022)


class Restless(Exception):
    """The daemon did not come to rest in time."""


class Unfit(Exception):
    """The test can't run here: exit status 77."""


def programs():
    if folder := os.environ.get("ECOCD_BIN"):
        return pathlib.Path(folder)
    for kind in ("release", "debug"):
        if (ROOT / ".build" / kind / "ecocd").exists():
            return ROOT / ".build" / kind
    raise Unfit("there is no ecocd in .build: run 'make build' first")


def export(file, count, first, wrong=0, seed=1, model=None):
    """Writes an export of `count` vehicles and returns the VINs of its good rows."""
    only = ["--model", model] if model else []
    subprocess.run(
        [SAMPLES / "make-sample", *only, "--seed", str(seed), "--first", str(first), "--wrong", str(wrong), str(count), file], check=True)
    with open(file, newline="", encoding="utf-8") as rows:
        vins = [row["VehicleIdentificationNumber"] for row in csv.DictReader(rows)]
    return vins[:count - wrong]


def sync(place):
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(file):
    return hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()


class House:
    """One daemon's world. `spool` and `state` may lie elsewhere (on other file systems)."""

    def __init__(self, folder, spool=None, state=None):
        self.folder = pathlib.Path(folder)
        self.config = self.folder / "etc/ecocd.toml"
        self.spool = pathlib.Path(spool or self.folder / "spool")
        self.state = pathlib.Path(state or self.folder / "state")
        self.socket = self.folder / "control.sock"
        self.log = self.folder / "daemon.log"
        self.bin = programs()
        self.process = None
        atexit.register(self.kill)

    @property
    def inbox(self):
        return self.spool / "inbox" / SOURCE

    @property
    def outbox(self):
        return self.spool / "outbox" / DESTINATION

    # -- set-up

    def prepare(self):
        """Keys and reference data as the demo makes them, with one fast source and one destination of the test's own."""
        made = subprocess.run([self.bin / "ecocctl", "demo", "--prepare", self.folder], capture_output=True, text=True)
        if made.returncode:
            sys.exit(f"ecocctl demo --prepare: {made.stdout}{made.stderr}")
        for name in ("sources.d", "destinations.d"):
            shutil.rmtree(self.folder / "etc" / name, ignore_errors=True)
            (self.folder / "etc" / name).mkdir()
        (self.folder / f"etc/sources.d/{SOURCE}.toml").write_text(
            f'format = "csv"\nsettle-seconds = 0\npolicy = "valid"\ndestinations = ["{DESTINATION}"]\n')
        (self.folder / f"etc/destinations.d/{DESTINATION}.toml").write_text('profile = "eucaris"\n')
        self.furnish()
        self.take_reference_data()

    def take_reference_data(self):
        """Lets the daemon take it, so that a test begins with it in force and with nothing else done."""
        inbox = self.spool / "reference"
        self.start()
        end = time.monotonic() + 120
        while any(inbox.iterdir()) or not self.wait_idle(120):
            if time.monotonic() > end or self.process.poll() is not None:
                sys.exit(f"the reference data was not taken:\n{self.tail()}")
            time.sleep(0.05)
        if list((self.spool / "rejected").iterdir()) or self.status()["reference"]["received"]:
            sys.exit(f"the reference data is not in force:\n{self.tail()}")
        self.stop()
        for place in [*(self.spool / "archive").iterdir(), *(self.spool / "returns/reference").iterdir()]:
            shutil.rmtree(place) if place.is_dir() else place.unlink()

    def furnish(self):
        """Points the settings to this house's folders and brings there what the settings pointed to before."""
        settings = self.config.read_text()
        before = tomllib.loads(settings)
        for key, place in (("spool", self.spool), ("state", self.state), ("socket", self.socket)):
            settings, count = re.subn(rf'(?m)^{key}\s*=.*$', f'{key} = "{place}"', settings)
            if not count and key == "socket":
                settings += f'\n[control]\nsocket = "{place}"\n'
        self.config.write_text(settings)
        for key, place in (("spool", self.spool), ("state", self.state)):
            if pathlib.Path(before[key]) != place and pathlib.Path(before[key]).is_dir():
                shutil.copytree(before[key], place, dirs_exist_ok=True)
            place.mkdir(parents=True, exist_ok=True)
        for place in (self.inbox, self.outbox):
            place.mkdir(parents=True, exist_ok=True)

    def trusted(self):
        return tomllib.loads(self.config.read_text())["seal"]["trusted"]

    # -- the daemon

    def command(self):
        return [str(self.bin / "ecocd"), "--config", str(self.config)]

    def start(self, wrapper=(), environment=None):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*wrapper, *self.command()], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})})
        return self.process

    def control(self, *words):
        return subprocess.run(
            [self.bin / "ecocctl", *words, "--config", self.config], capture_output=True, text=True, timeout=60)

    def status(self):
        """The daemon's status, or None while it isn't reachable."""
        done = self.control("status", "--json")
        try:
            return json.loads(done.stdout) if done.returncode in (0, 1) else None
        except ValueError:
            return None

    def waiting(self):
        return [entry for entry in self.inbox.iterdir() if not entry.name.startswith(".")] if self.inbox.is_dir() else []

    def wait_idle(self, seconds=60):
        """True when the daemon is ready and has nothing left to do, or waits for a person; False when it ended before."""
        end = time.monotonic() + seconds
        state = None
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return False
            state = self.status()
            if state and (state["idle"] and not self.waiting() if state["ready"] else state["phase"] == "waiting"):
                return True
            time.sleep(0.05)
        raise Restless(f"the daemon was not idle after {seconds} s. Its status: {state}\nIts log ({self.log}):\n{self.tail()}")

    def wait_for_looks(self, seconds=60):
        """Until no look into the inboxes is due or under way: the intake's thread sleeps."""
        end = time.monotonic() + seconds
        threads = pathlib.Path(f"/proc/{self.process.pid}/task")
        quiet = 0
        while quiet < 5:
            if time.monotonic() > end or self.process.poll() is not None:
                raise Restless(f"the intake did not come to rest. Its log ({self.log}):\n{self.tail()}")
            states = [re.search(r"\) (\S)", place.read_text())[1] for place in threads.glob("*/stat") if "(intake)" in place.read_text()]
            quiet = quiet + 1 if states == ["S"] else 0
            time.sleep(0.02)

    def stop(self, seconds=30):
        """SIGTERM; returns the exit status."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
                sys.exit(f"the daemon did not stop within {seconds} s:\n{self.tail()}")
        return self.process.returncode

    def kill(self):
        """Nothing of what was started stays behind."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def tail(self, lines=15):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    # -- dropping and looking

    def drop(self, file, name=None):
        """Puts a file into the inbox as a careful producer does: written beside, on disk, then renamed."""
        part = self.inbox / f".{name or file.name}.part"
        shutil.copyfile(file, part)
        sync(part)
        part.rename(self.inbox / (name or file.name))
        sync(self.inbox)

    def bundles(self):
        """Bundle name -> SHA-256 of what is in the outbox now."""
        return {file.name: digest(file) for file in self.outbox.glob("*.asice")}

    def originals(self):
        """SHA-256 -> how many submissions at their end hold exactly these original bytes."""
        found = collections.Counter()
        for stage in ("archive", "rejected"):
            for file in (self.spool / stage).glob("*/original/*"):
                found[digest(file)] += 1
        return found

    def faults(self, dropped, vins, collected=()):
        """What is wrong now, at rest, when `dropped` files held the good vehicles `vins`: a list of sentences, empty when all is well.

        `collected` are bundle names that a collector took away before.
        """
        faults = []
        expected = {f"{vin}-1-v1.asice" for vin in vins}
        published = collections.Counter(list(self.bundles()) + list(collected))
        for name in sorted(expected - set(published)):
            faults.append(f"lost: {name} is in no outbox")
        for name in sorted(set(published) - expected):
            faults.append(f"unexpected: {name} is in the outbox")
        faults += [f"doubled: {name} was published {count} times" for name, count in published.items() if count > 1]
        faults += [f"left over: {file.name} in the outbox" for file in self.outbox.glob(".*") if file.name != ".ecocd"]
        faults += [f"left over: {file.name} in ecocd's own folder in the outbox" for file in self.outbox.glob(".ecocd/*")
                   if file.name != "README"]
        faults += [f"left over: {entry.name} in the inbox" for entry in self.waiting()]
        for stage in STAGES:
            faults += [f"left over: {entry.name} in {stage}" for entry in (self.spool / stage).glob("*")]
        found, wanted = self.originals(), collections.Counter(digest(file) for file in dropped)
        for file in dropped:
            if found[digest(file)] != wanted[digest(file)]:
                faults.append(f"the original bytes of {file.name} are kept {found[digest(file)]} times, not {wanted[digest(file)]}")
        faults += [f"the original of an unknown file is kept ({bytes})" for bytes in found if bytes not in wanted]
        reports = [file.name for file in (self.spool / "returns" / SOURCE).glob("*.report.json")]
        if len(reports) != len(dropped):
            faults.append(f"{len(reports)} reports for {len(dropped)} files")
        state = self.status()
        if not state or not state["ready"] or state["incidents"]:
            faults.append(f"the daemon is not ready or shows incidents: {state and state['incidents']}")
        verified = self.control("ledger", "verify")
        if verified.returncode:
            faults.append(f"ledger verify ended with {verified.returncode}: {(verified.stdout + verified.stderr).strip()}")
        return faults

    def unverifiable(self, limit=None):
        """Bundles in the outbox that `ecocctl verify` refuses."""
        files = sorted(self.outbox.glob("*.asice"))[:limit]
        return [file.name for file in files if self.control("verify", str(file), "--trusted", self.trusted()).returncode]


def main(run):
    """Runs a driver; Unfit becomes exit status 77."""
    try:
        sys.exit(run())
    except Unfit as reason:
        print(f"skipped: {reason}")
        sys.exit(77)
    except Restless as reason:
        sys.exit(str(reason))
