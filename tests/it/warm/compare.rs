//! Two outputs side by side. In: trees of files, reports, findings. Out: in words what differs. [`first_difference`] and
//! [`Change::between`] are the entries.

use std::{collections::BTreeMap, fmt::Write as _};

use brief::write::Report;

use crate::site::Built;

type Tree = BTreeMap<String, Vec<u8>>;

/// Characters shown on either side of where two lines part.
const AROUND: usize = 160;
/// Lines shown of each side.
const SHOWN: usize = 6;

/// What a build did to the files of the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    created: Vec<String>,
    replaced: Vec<String>,
    removed: Vec<String>,
}

impl Change {
    pub(super) fn between(before: &Tree, after: &Tree) -> Self {
        let mut change = Self::default();
        for (path, bytes) in after {
            match before.get(path) {
                None => change.created.push(path.clone()),
                Some(old) if old != bytes => change.replaced.push(path.clone()),
                Some(_) => {}
            }
        }
        change.removed = before.keys().filter(|it| !after.contains_key(*it)).cloned().collect();
        change
    }

    pub(super) fn expect_none(&self, wrong: &str) -> Result<(), String> {
        if *self == Self::default() { Ok(()) } else { Err(format!("{wrong}: {self:#?}")) }
    }

    /// What brief says it did is what it did.
    pub(super) fn expect_reported(&self, report: &Report) -> Result<(), String> {
        let sorted = |files: &[String]| {
            let mut files = files.to_vec();
            files.sort();
            files
        };
        let reported = Self {
            created: sorted(&report.created),
            replaced: sorted(&report.replaced),
            removed: sorted(&report.removed),
        };
        if !report.foreign.is_empty() {
            return Err(format!("brief does not know files of its own: {:?}", report.foreign));
        }
        if *self == reported {
            return Ok(());
        }
        Err(format!("the report is wrong; done: {self:#?}\nreported: {reported:#?}"))
    }
}

/// What brief said, each finding once.
pub(super) fn sorted(built: &Built) -> Vec<String> {
    let mut said: Vec<_> = built.outcome.diagnostics.iter().map(|it| format!("{it:?}")).collect();
    said.sort();
    said.dedup();
    said
}

/// Lines of one list that the other does not have.
pub(super) fn differences(warm: &[String], cold: &[String]) -> String {
    let mut text = String::new();
    for (mark, lines, others) in [('-', warm, cold), ('+', cold, warm)] {
        let lines = lines.iter().filter(|line| !others.contains(line));
        lines.for_each(|line| writeln!(text, "{mark} {line}").unwrap());
    }
    text
}

/// The first file that is not the same in both trees.
pub(super) fn first_difference(warm: &Tree, cold: &Tree) -> Result<(), String> {
    let mut paths: Vec<_> = warm.keys().chain(cold.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| warm.get(*path) != cold.get(*path));
    let Some(path) = paths.first() else { return Ok(()) };
    let text = match (warm.get(*path), cold.get(*path)) {
        (Some(_), None) => "  only the warm site has it".to_owned(),
        (None, _) => "  only the cold site has it".to_owned(),
        (Some(warm), Some(cold)) => {
            lines(&String::from_utf8_lossy(warm), &String::from_utf8_lossy(cold))
        }
    };
    Err(format!("{} files differ, warm (-) and cold (+): {paths:?}\n{path}\n{text}", paths.len()))
}

/// Where two texts part, without the lines that they begin and end with together.
fn lines(warm: &str, cold: &str) -> String {
    let (warm, cold): (Vec<_>, Vec<_>) = (warm.lines().collect(), cold.lines().collect());
    let alike = warm.iter().zip(&cold).take_while(|(a, b)| a == b).count();
    let (warm, cold) = (&warm[alike..], &cold[alike..]);
    let end = warm.iter().rev().zip(cold.iter().rev()).take_while(|(a, b)| a == b).count();
    let (warm, cold) = (&warm[..warm.len() - end], &cold[..cold.len() - end]);
    let mut text = format!("  from line {} on\n", alike + 1);
    let pairs = (0..warm.len().max(cold.len())).map(|at| (warm.get(at), cold.get(at)));
    for (warm, cold) in pairs.filter(|(warm, cold)| warm != cold).take(SHOWN) {
        for (mark, line, other) in [('-', warm, cold), ('+', cold, warm)] {
            if let Some(line) = line {
                writeln!(text, "{mark} {}", around(line, other.unwrap_or(&""))).unwrap();
            }
        }
    }
    text
}

/// A line, of a long one what stands where it parts from the other.
fn around(line: &str, other: &str) -> String {
    let alike = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let from = alike.saturating_sub(AROUND);
    line.chars().skip(from).take(2 * AROUND).collect()
}
