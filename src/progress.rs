//! What a build tells while it works. In: phases, items and bytes, from whatever does the work. Out: calls of a
//! [`Watch`], which shows them or measures them; [`Timings`] is what a measuring one has at the end.
//!
//! [`Watch`] is the entry. No clock is read here: only the command line may, and it brings a watch of its own.

/// The phases of a build, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Which sources there are, and which of them changed.
    Detect,
    /// Reading and parsing sources.
    Parse,
    /// Making a newsroom of what was parsed.
    Link,
    /// Which outputs there are, and what each depends on.
    Plan,
    /// Making bytes and writing them, which run together.
    Render,
    /// Storing what the next build has to know.
    Store,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 6] =
        [Self::Detect, Self::Parse, Self::Link, Self::Plan, Self::Render, Self::Store];

    /// `detect`, `parse`, `link`, `plan`, `render`, `store`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Parse => "parse",
            Self::Link => "link",
            Self::Plan => "plan",
            Self::Render => "render",
            Self::Store => "store",
        }
    }
}

/// One phase's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseTiming {
    /// Which.
    pub phase: Phase,
    /// Microseconds.
    pub micros: u64,
    /// What was worked on: files, articles or outputs.
    pub items: u64,
    /// Bytes read, made or stored.
    pub bytes: u64,
}

/// What a build took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings {
    /// The phases that were begun, in order, each once.
    pub phases: Vec<PhaseTiming>,
    /// Microseconds of the whole, what lies between phases included.
    pub total_micros: u64,
}

/// Looks on while a build works.
///
/// Called from many threads, and once for each item: an implementation must be cheap.
pub trait Watch: Sync {
    /// A phase begins, and the one before it ends. `items` is how many are to come, where that is known. A phase that is
    /// begun again goes on with what it has counted.
    fn begin(&self, phase: Phase, items: Option<u64>);
    /// So many more items of the phase are done, and so many bytes.
    fn step(&self, items: u64, bytes: u64);
    /// The phase that was begun last ends.
    fn end(&self);
}

/// Sees nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Watch for Silent {
    fn begin(&self, _phase: Phase, _items: Option<u64>) {}
    fn step(&self, _items: u64, _bytes: u64) {}
    fn end(&self) {}
}
