//! A burst: what one save, one rename or one checkout does to files, taken together. In: hints, and the time. Out: how long to wait
//! for more of them. [`Burst`] is the entry; it reads no clock.
//!
//! A burst ends when nothing has happened for [`QUIET`]. A file that somebody still has open for writing is waited for, and one
//! that has gone or become shorter may be half-way through a save, so that it is given longer.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use super::Hint;

/// Nothing has happened for so long: the save is over.
pub(super) const QUIET: Duration = Duration::from_millis(50);
/// The same, where a file has gone or become shorter.
const DOUBTFUL: Duration = Duration::from_millis(150);
/// How long a file that is open is waited for after it was written last.
const OPEN: Duration = Duration::from_secs(1);
/// Whatever happens, what has changed is shown after so long.
const LONGEST: Duration = Duration::from_secs(5);

/// Hints that belong together.
#[derive(Debug)]
pub(super) struct Burst {
    began: Duration,
    last: Duration,
    /// Path → whether somebody is still writing there.
    paths: BTreeMap<String, bool>,
    /// Folders that have come.
    folders: BTreeSet<String>,
    is_anywhere: bool,
}

impl Burst {
    /// Begins with a moment.
    pub(super) fn new(now: Duration) -> Self {
        Self {
            began: now,
            last: now,
            paths: BTreeMap::new(),
            folders: BTreeSet::new(),
            is_anywhere: false,
        }
    }

    /// Takes a hint in.
    pub(super) fn add(&mut self, hint: Hint, now: Duration) {
        self.last = now;
        match hint {
            Hint::At { path, is_open, is_folder, is_closed } => {
                if is_folder {
                    self.folders.insert(path.clone());
                }
                let writing = self.paths.entry(path).or_default();
                *writing = is_open || (*writing && !is_closed);
            }
            Hint::Anywhere | Hint::Blind(_) => self.is_anywhere = true,
        }
    }

    /// How long to wait for more; nothing if the burst is over. `is_doubtful` says whether a path has gone or become shorter.
    pub(super) fn wait(
        &self,
        now: Duration,
        is_doubtful: impl Fn(&str) -> bool,
    ) -> Option<Duration> {
        if self.is_old(now) {
            return None;
        }
        let is_writing = self.paths.values().any(|it| *it);
        let since = now.saturating_sub(self.last);
        let rest = if is_writing { OPEN } else { QUIET }.saturating_sub(since);
        if !rest.is_zero() {
            return Some(rest);
        }
        let rest = DOUBTFUL.saturating_sub(since);
        let is_doubtful = !rest.is_zero() && self.paths.keys().any(|path| is_doubtful(path));
        is_doubtful.then_some(rest)
    }

    /// Whether something was said of a path.
    pub(super) fn names(&self, path: &str) -> bool {
        self.paths.contains_key(path)
    }

    /// Whether it has gone on for so long that it is over, whatever happens.
    pub(super) fn is_old(&self, now: Duration) -> bool {
        now.saturating_sub(self.began) >= LONGEST
    }

    /// When it began.
    pub(super) fn began(&self) -> Duration {
        self.began
    }

    /// Folders that have come.
    pub(super) fn folders(&self) -> impl Iterator<Item = &String> {
        self.folders.iter()
    }

    /// The paths of which something was said.
    pub(super) fn named(&self) -> Vec<String> {
        self.paths.keys().cloned().collect()
    }

    /// The paths to look at, none below another; with them every folder, if it may be anywhere.
    pub(super) fn paths(&self, everywhere: &[&str]) -> Vec<String> {
        let mut paths: BTreeSet<&str> = self.paths.keys().map(String::as_str).collect();
        if self.is_anywhere {
            paths.extend(everywhere);
        }
        let is_below =
            |path: &str| path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]));
        paths.iter().filter(|path| !is_below(path)).map(|path| (*path).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn at(path: &str, is_open: bool, is_closed: bool) -> Hint {
        Hint::At { path: path.to_owned(), is_open, is_folder: false, is_closed }
    }

    #[test]
    fn a_save_is_over_when_all_is_quiet() {
        let mut burst = Burst::new(ms(0));
        burst.add(at("content/a.md", false, false), ms(0));
        assert_eq!(burst.wait(ms(10), |_| false), Some(ms(40)));
        burst.add(at("content/a.md", false, false), ms(30));
        assert_eq!(burst.wait(ms(60), |_| false), Some(ms(20)));
        assert_eq!(burst.wait(ms(80), |_| false), None);
        assert_eq!(burst.wait(ms(80), |_| true), Some(ms(100)), "a shorter file may grow again");
        assert_eq!(burst.wait(ms(180), |_| true), None);
    }

    #[test]
    fn who_is_writing_is_waited_for() {
        let mut burst = Burst::new(ms(0));
        burst.add(at("content/a.md", true, false), ms(0));
        assert_eq!(burst.wait(ms(200), |_| false), Some(ms(800)));
        burst.add(at("content/a.md", true, false), ms(300));
        burst.add(at("content/a.md", false, true), ms(310));
        assert_eq!(burst.wait(ms(330), |_| false), Some(ms(30)));
        let mut endless = Burst::new(ms(0));
        (0..60).for_each(|n| endless.add(at("content/log.md", true, false), ms(n * 100)));
        assert_eq!(endless.wait(ms(5000), |_| true), None, "but not for ever");
    }

    #[test]
    fn a_folder_stands_for_all_below_it() {
        let mut burst = Burst::new(ms(0));
        for path in ["content/x/a.md", "content/x", "content/x-y/b.md"] {
            burst.add(at(path, false, false), ms(0));
        }
        assert_eq!(burst.paths(&["static"]), ["content/x", "content/x-y/b.md"]);
        burst.add(Hint::Anywhere, ms(1));
        assert_eq!(burst.paths(&["content", "static"]), ["content", "static"]);
    }
}
