//! What a build takes, and how far it is. In: the calls of a [`Watch`], and the clock. Out: [`Timings`] when it has
//! ended, [`Live`] while it works. [`Meter`] is the entry; `bar` shows what is live, `timings` what it took.

pub(crate) mod bar;
pub(crate) mod timings;

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use crate::progress::{Phase, PhaseTiming, Timings, Watch};

/// Measures a build from the moment it is made.
///
/// A step is two additions; the clock is read only where a phase begins or ends.
#[derive(Debug)]
pub(crate) struct Meter {
    started: Instant,
    /// The open phase, for who begins, ends or looks.
    open: Mutex<Option<Open>>,
    /// Its position in [`Phase::ALL`], for who steps; [`NONE`] while there is none.
    at: AtomicUsize,
    counters: [Counter; Phase::ALL.len()],
}

/// No phase is open.
const NONE: usize = usize::MAX;

/// What a phase has done, however often it was begun.
#[derive(Debug, Default)]
struct Counter {
    was_begun: AtomicBool,
    micros: AtomicU64,
    items: AtomicU64,
    bytes: AtomicU64,
}

/// A phase that has begun and not ended.
#[derive(Debug, Clone, Copy)]
struct Open {
    phase: Phase,
    since: Instant,
    items_before: u64,
    expected: Option<u64>,
}

/// The open phase as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Live {
    /// Which.
    pub(crate) phase: Phase,
    /// How long it has been open.
    pub(crate) time: Duration,
    /// Items done since it was begun.
    pub(crate) items: u64,
    /// Items that it was begun with, where that is known.
    pub(crate) expected: Option<u64>,
}

impl Meter {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            open: Mutex::default(),
            at: AtomicUsize::new(NONE),
            counters: Default::default(),
        }
    }

    /// Microseconds since the start.
    pub(crate) fn total_micros(&self) -> u64 {
        micros(self.started.elapsed())
    }

    /// What was measured so far; of an open phase its items and bytes, but no time.
    pub(crate) fn timings(&self) -> Timings {
        let phases = Phase::ALL.iter().zip(&self.counters);
        let phases = phases.filter(|(_, counter)| counter.was_begun.load(Relaxed)).map(
            |(&phase, counter)| PhaseTiming {
                phase,
                micros: counter.micros.load(Relaxed),
                items: counter.items.load(Relaxed),
                bytes: counter.bytes.load(Relaxed),
            },
        );
        Timings { phases: phases.collect(), total_micros: self.total_micros() }
    }

    /// The open phase.
    pub(crate) fn live(&self) -> Option<Live> {
        let Open { phase, since, items_before, expected } = (*self.open())?;
        let items = self.counter(phase).items.load(Relaxed).saturating_sub(items_before);
        Some(Live { phase, time: since.elapsed(), items, expected })
    }

    fn counter(&self, phase: Phase) -> &Counter {
        // There is a counter for each phase of `Phase::ALL`, which has them in the order of the enum.
        &self.counters[phase as usize]
    }

    /// A thread that panicked while it held the lock left a phase that is still right.
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, open: &mut Option<Open>) {
        if let Some(Open { phase, since, .. }) = open.take() {
            self.counter(phase).micros.fetch_add(micros(since.elapsed()), Relaxed);
        }
    }
}

impl Watch for Meter {
    fn begin(&self, phase: Phase, items: Option<u64>) {
        let mut open = self.open();
        self.close(&mut open);
        let counter = self.counter(phase);
        counter.was_begun.store(true, Relaxed);
        let items_before = counter.items.load(Relaxed);
        *open = Some(Open { phase, since: Instant::now(), items_before, expected: items });
        self.at.store(phase as usize, Relaxed);
    }

    fn step(&self, items: u64, bytes: u64) {
        if let Some(counter) = self.counters.get(self.at.load(Relaxed)) {
            counter.items.fetch_add(items, Relaxed);
            counter.bytes.fetch_add(bytes, Relaxed);
        }
    }

    fn end(&self) {
        self.close(&mut self.open());
        self.at.store(NONE, Relaxed);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_all_threads_are_counted_for_the_open_phase() {
        let meter = Meter::start();
        meter.step(7, 7);
        meter.begin(Phase::Parse, Some(400));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100).for_each(|_| meter.step(1, 10)));
            }
        });
        let live = meter.live().map(|live| (live.phase, live.items, live.expected));
        assert_eq!(live, Some((Phase::Parse, 400, Some(400))));
        meter.begin(Phase::Render, None);
        meter.step(1, 5);
        meter.end();
        meter.step(9, 9);
        assert_eq!(meter.live(), None);
        let timings = meter.timings();
        let counted: Vec<_> =
            timings.phases.iter().map(|it| (it.phase, it.items, it.bytes)).collect();
        assert_eq!(counted, [(Phase::Parse, 400, 4000), (Phase::Render, 1, 5)]);
    }

    #[test]
    fn a_phase_that_is_begun_again_goes_on_and_shows_only_what_is_new() {
        let meter = Meter::start();
        for (phase, items) in [(Phase::Store, 3), (Phase::Detect, 2), (Phase::Store, 4)] {
            meter.begin(phase, None);
            meter.step(items, 0);
        }
        assert_eq!(meter.live().map(|live| live.items), Some(4));
        meter.end();
        let timings = meter.timings();
        let counted: Vec<_> = timings.phases.iter().map(|it| (it.phase.name(), it.items)).collect();
        assert_eq!(counted, [("detect", 2), ("store", 7)]);
    }

    #[test]
    fn the_phases_together_take_no_longer_than_the_whole() {
        let meter = Meter::start();
        meter.begin(Phase::Link, None);
        std::thread::sleep(Duration::from_millis(3));
        meter.end();
        let timings = meter.timings();
        assert!(timings.phases[0].micros >= 3000, "{timings:?}");
        assert!(timings.phases[0].micros <= timings.total_micros, "{timings:?}");
    }
}
