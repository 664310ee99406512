//! One line on a terminal that says how far a build is. In: a [`Meter`] while the build works. Out: a line that is
//! drawn again and again, and cleared at the end. [`during`] is the entry.
//!
//! Nothing else may be printed to the terminal while the build works; findings are printed after it.

use std::{
    io::{self, Write},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

use super::{
    Live, Meter,
    timings::{count, rate, time},
};

/// When the line appears, and how often it is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Work that takes no longer is over before anyone would look.
    pub(crate) first: Duration,
    /// Between two drawings.
    pub(crate) every: Duration,
}

impl Pace {
    /// After a second, ten times a second.
    pub(crate) const USUAL: Self =
        Self { first: Duration::from_secs(1), every: Duration::from_millis(100) };
}

/// Columns of a terminal that does not say how many it has.
const USUAL_WIDTH: usize = 80;
/// Columns of the bar between its brackets.
const BAR: std::ops::RangeInclusive<usize> = 10..=30;

/// Does the work, with a line on standard error that says how far it is.
pub(crate) fn during<T>(meter: &Meter, work: impl FnOnce() -> T) -> T {
    during_on(meter, Pace::USUAL, &mut io::stderr(), work)
}

/// The line is drawn by a thread of its own, which ends with the work, also when the work panics.
fn during_on<T>(
    meter: &Meter,
    pace: Pace,
    screen: &mut (impl Write + Send),
    work: impl FnOnce() -> T,
) -> T {
    thread::scope(|scope| {
        let (working, ended) = mpsc::channel::<()>();
        scope.spawn(move || draw(meter, pace, screen, &ended));
        let made = work();
        drop(working);
        made
    })
}

fn draw(meter: &Meter, pace: Pace, screen: &mut impl Write, ended: &Receiver<()>) {
    // In one piece, so that no part of a line is ever seen; who cannot see it misses nothing.
    let mut show = |line: &str| {
        let _ = screen.write_all(format!("\r{line}\u{1b}[K").as_bytes());
        let _ = screen.flush();
    };
    let mut wait = pace.first;
    let mut is_shown = false;
    while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        if let Some(live) = meter.live() {
            show(&line(&live, width()));
            is_shown = true;
        }
        wait = pace.every;
    }
    if is_shown {
        show("");
    }
}

/// Columns that a line may fill: one less than the terminal has, lest the cursor goes to the next line.
fn width() -> usize {
    let size = terminal_size::terminal_size_of(io::stderr());
    size.map_or(USUAL_WIDTH, |(width, _)| width.0.into()).saturating_sub(1)
}

/// `render  [######--------------]  6,000 of 20,000  8,213/s  2 s left`, as much of it as there is room for.
fn line(live: &Live, width: usize) -> String {
    let name = live.phase.name();
    let mut facts = facts(live);
    // The rate goes first, then the time left.
    while name.len() + 2 + facts.join("  ").len() > width && facts.len() > 1 {
        facts.remove(facts.len() / 2);
    }
    let facts = facts.join("  ");
    let room = width.saturating_sub(name.len() + facts.len() + "  []  ".len());
    let mut line = match live.expected.filter(|_| room >= *BAR.start()) {
        Some(expected) => format!("{name}  [{}]  {facts}", bar(live.items, expected, room)),
        None => format!("{name}  {facts}"),
    };
    // All of it is ASCII, so that any column is between two characters.
    line.truncate(width);
    line
}

fn bar(items: u64, expected: u64, room: usize) -> String {
    let width = room.min(*BAR.end());
    let part = items.min(expected) as f64 / expected.max(1) as f64;
    let full = (part * width as f64) as usize;
    format!("{}{}", "#".repeat(full), "-".repeat(width - full.min(width)))
}

/// Count of total, rate, time left; of a phase that tells nothing on its way, the time it has taken.
fn facts(live: &Live) -> Vec<String> {
    let mut facts = Vec::new();
    match live.expected {
        Some(expected) => facts.push(format!("{} of {}", count(live.items), count(expected))),
        None if live.items > 0 => facts.push(count(live.items)),
        None => {}
    }
    let micros = super::micros(live.time);
    match (live.items, live.expected) {
        (0, _) => facts.push(seconds(live.time)),
        (items, expected) => {
            facts.extend(rate(items, micros).map(|rate| format!("{}/s", count(rate))));
            let left = expected.map(|expected| expected.saturating_sub(items));
            let left = left.map(|left| live.time.mul_f64(left as f64 / items as f64));
            // Rounded up: what is not done is never said to be over.
            let left = left.map(|left| left + Duration::from_nanos(999_999_999));
            facts.extend(left.map(|left| format!("{} left", seconds(left))));
        }
    }
    facts
}

/// Whole seconds: fractions would flicker.
fn seconds(duration: Duration) -> String {
    match duration.as_secs() {
        whole @ 0..60 => format!("{whole} s"),
        whole => time(whole.saturating_mul(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::{Phase, Watch as _};

    fn live(items: u64, expected: Option<u64>, millis: u64) -> Live {
        Live { phase: Phase::Render, time: Duration::from_millis(millis), items, expected }
    }

    #[test]
    fn the_line_says_phase_count_rate_and_time_left() {
        let drawn = line(&live(6000, Some(24_000), 2000), 79);
        assert_eq!(
            drawn,
            "render  [#######-----------------------]  6,000 of 24,000  3,000/s  6 s left"
        );
        assert_eq!(line(&live(1200, None, 1500), 79), "render  1,200  800/s");
        assert_eq!(line(&live(0, None, 2900), 79), "render  2 s");
        assert_eq!(
            line(&live(1, Some(3601), 1000), 79),
            "render  [------------------------------]  1 of 3,601  1/s  1 h 00 min left"
        );
    }

    #[test]
    fn the_line_fits_whatever_the_width() {
        let live = live(999_999, Some(1_000_000), 100_000);
        assert!(line(&live, 79).contains("[###########################-]"));
        assert_eq!(line(&live, 47), "render  999,999 of 1,000,000  9,999/s  1 s left");
        assert_eq!(line(&live, 39), "render  999,999 of 1,000,000  1 s left");
        assert_eq!(line(&live, 30), "render  999,999 of 1,000,000");
        for width in 0..120 {
            assert!(line(&live, width).len() <= width, "{width}");
        }
        // More than was expected does not leave the brackets.
        assert!(!bar(7, 5, 20).contains('-'));
        assert_eq!(bar(0, 0, 20), "-".repeat(20));
    }

    #[test]
    fn the_line_is_drawn_while_work_goes_on_and_cleared_after_it() {
        let (meter, mut screen) = (Meter::start(), Vec::new());
        let pace = Pace { first: Duration::ZERO, every: Duration::from_millis(1) };
        let made = during_on(&meter, pace, &mut screen, || {
            meter.begin(Phase::Parse, Some(2));
            thread::sleep(Duration::from_millis(20));
            "made"
        });
        assert_eq!(made, "made");
        let screen = String::from_utf8_lossy(&screen);
        assert!(screen.starts_with("\rparse  ["), "{screen:?}");
        assert!(screen.ends_with("\u{1b}[K\r\u{1b}[K"), "{screen:?}");
        assert!(!screen.contains('\n'), "{screen:?}");
    }

    #[test]
    fn short_work_draws_nothing() {
        let (meter, mut screen) = (Meter::start(), Vec::new());
        let pace = Pace { first: Duration::from_secs(3600), ..Pace::USUAL };
        during_on(&meter, pace, &mut screen, || meter.begin(Phase::Parse, None));
        assert_eq!(screen, b"");
    }
}
