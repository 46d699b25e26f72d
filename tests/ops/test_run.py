"""`redress run` as an operator meets it: starting, stopping, starting twice, being killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Run, environment, pids, processes_of, wait

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="about the embedded database"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for all tests here: each finds what the one before left, as in life."""
    folder = tmp_path_factory.mktemp("run") / "data"
    yield folder
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def running(data: Path) -> Iterator[Run]:
    run = Run(data).ready()
    yield run
    run.kill()


def redress(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "redress.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment(data, **more), timeout=60)


def test_ctrl_c_stops_everything_within_ten_seconds(running: Run) -> None:
    assert running.answers()
    assert running.stop(signal.SIGINT) < 10
    assert running.process.returncode == 0
    assert not processes_of(running.data)
    assert "Traceback" not in running.said().rpartition("stopping")[2]


def test_a_termination_request_stops_everything_too(running: Run) -> None:
    assert running.stop(signal.SIGTERM) < 10
    assert not processes_of(running.data)


def test_a_second_run_keeps_the_data_and_is_ready_in_seconds(running: Run) -> None:
    psql(running.data, "CREATE TABLE IF NOT EXISTS kept (n int); DELETE FROM kept; INSERT INTO kept VALUES (7)")
    running.stop()
    again = Run(running.data).ready(seconds=15)
    try:
        assert psql(running.data, "SELECT n FROM kept") == "7"
    finally:
        again.stop()


def test_a_killed_supervisor_leaves_no_process_and_no_stale_lock(running: Run) -> None:
    running.process.kill()
    running.process.wait()
    wait(lambda: not processes_of(running.data), 10, lambda: str(processes_of(running.data)))
    again = Run(running.data, port=running.port).ready()
    assert again.stop() < 10


def test_everything_killed_at_once_is_recovered_by_the_next_run(running: Run) -> None:
    for pid in [running.process.pid, *processes_of(running.data)]:
        os.kill(pid, signal.SIGKILL)
    running.process.wait()
    again = Run(running.data).ready()
    assert again.answers()
    again.stop()


@pytest.mark.parametrize(
    ("name", "part"), [("web", "gunicorn"), ("worker", "redress.cli worker"), ("database", "bin/postgres")]
)
def test_a_part_that_dies_is_started_again_and_said_in_one_line(running: Run, name: str, part: str) -> None:
    old = set(pids(running.data, part))
    assert old
    os.kill(min(old), signal.SIGKILL)
    wait(lambda: f"{name} stopped (killed by SIGKILL); starting it again" in running.said(), 10, running.said)
    wait(lambda: bool(set(pids(running.data, part)) - old), 15, running.said)
    wait(running.answers, 15, running.said)


def test_a_second_run_on_the_same_data_says_who_holds_it_and_where(running: Run) -> None:
    second = Run(running.data)
    assert second.ended(10) == 1
    (line,) = second.said().splitlines()
    assert f"process {running.process.pid} at http://127.0.0.1:{running.port}/" in line
    assert running.answers()


def test_a_taken_port_gives_one_sentence_with_the_way_out(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = Run(data, port=port)
        assert run.ended(10) == 1
    (line,) = run.said().splitlines()
    assert f"Port {port} on 127.0.0.1 is taken" in line
    assert "REDRESS_PORT" in line


def test_a_stale_pid_file_whose_number_now_belongs_to_another_program_is_no_obstacle(running: Run) -> None:
    running.stop()
    stale = running.data / "postgres" / "postmaster.pid"
    socket_folder = running.data / "socket"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1\n5432\n{socket_folder}\n\n0 0\nready\n")
    again = Run(running.data).ready()
    again.stop()


def test_the_database_alone_can_be_started_looked_at_and_stopped(data: Path) -> None:
    assert redress(data, "db", "start").returncode == 0
    assert redress(data, "db", "status").stdout.startswith("ready")
    assert redress(data, "db", "start").stdout.startswith("already running")
    assert redress(data, "db", "stop").stdout == "stopped\n"
    assert redress(data, "db", "status").returncode == 3


def test_a_backup_can_be_restored_into_a_new_folder(data: Path, tmp_path: Path) -> None:
    assert redress(data, "migrate").returncode == 0
    assert redress(data, "db", "dump", str(tmp_path / "backup")).returncode == 0
    other = tmp_path / "other"
    restored = redress(other, "db", "restore", str(tmp_path / "backup"))
    assert restored.returncode == 0, restored.stderr
    assert redress(other, "migrate").stdout == "database: up to date\n"


def test_a_data_folder_with_a_very_long_name_works(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    assert redress(deep, "db", "start").returncode == 0
    assert redress(deep, "db", "stop").stdout == "stopped\n"


def test_without_the_demo_nobody_has_an_account_and_the_console_has_the_word_to_begin_with(tmp_path: Path) -> None:
    run = Run(tmp_path / "empty", REDRESS_DEMO="no").ready()
    try:
        word = redress(tmp_path / "empty", "claim").stdout.strip()
        assert len(word) == 23 and word in run.said() and "/first-run" in run.said()
    finally:
        run.stop()


def psql(data: Path, statement: str) -> str:
    import psycopg

    from redress.config.postgres import Server

    with psycopg.connect(Server(data).url("redress_owner"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return str(row[0]) if row else ""
