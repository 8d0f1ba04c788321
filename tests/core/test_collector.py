"""The garbage collector rests while anybody asks for it, and only then."""

import gc
from threading import Barrier, Thread

from scanner.core.collector import collector_paused


def test_it_rests_and_goes_on():
    assert gc.isenabled()
    with collector_paused():
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_threads_that_overlap_leave_it_on():
    inside, leave = Barrier(4), Barrier(4)

    def work():
        with collector_paused():
            inside.wait()
            leave.wait()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
