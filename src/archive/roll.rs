//! What the registry has of one kind, by number. In: members with ids that sort. Out: lookups by number ([`Roll`]), and numbers
//! for who is new ([`numbers`]).
//!
//! A number stays with its id from build to build, so that records which bear it need not be written again when somebody
//! comes or goes; and numbers are in the order of ids, so that what is sorted by them is as in a build from nothing. Who comes
//! later gets a number between those of its neighbours. Where there is none left, all are numbered anew.

use std::ops::{Index, Range};

use serde::{Deserialize, Serialize};

/// The numbers of those with a file.
pub const FILED: Range<u32> = 0..1 << 30;
/// The numbers of those that only front matter names.
pub const UNFILED: Range<u32> = 1 << 30..1 << 31;

/// Members by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roll<T> {
    /// In order.
    numbers: Vec<u32>,
    /// In the same order.
    members: Vec<T>,
}

impl<T> Default for Roll<T> {
    fn default() -> Self {
        Self { numbers: Vec::new(), members: Vec::new() }
    }
}

impl<T> Roll<T> {
    /// Adds a member, behind others of the same number.
    pub fn add(&mut self, number: u32, member: T) {
        let at = self.numbers.partition_point(|other| *other <= number);
        self.numbers.insert(at, number);
        self.members.insert(at, member);
    }

    /// Where the member with a number stands among all.
    #[must_use]
    pub fn slot(&self, number: u32) -> Option<usize> {
        self.numbers.binary_search(&number).ok()
    }

    /// The number of the member that stands at a place.
    #[must_use]
    pub fn number(&self, slot: usize) -> Option<u32> {
        self.numbers.get(slot).copied()
    }

    /// The member with a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        self.slot(number).and_then(|slot| self.members.get(slot))
    }

    /// All with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.numbers.iter().copied().zip(&self.members)
    }

    /// All in the order of their numbers.
    #[must_use]
    pub fn members(&self) -> &[T] {
        &self.members
    }

    /// Those with a file, in the order of their numbers.
    #[must_use]
    pub fn filed(&self) -> &[T] {
        let n_filed = self.numbers.partition_point(|number| FILED.contains(number));
        self.members.get(..n_filed).unwrap_or_default()
    }
}

/// The member with a number, where the registry gave out that number.
impl<T> Index<u32> for Roll<T> {
    type Output = T;

    fn index(&self, number: u32) -> &T {
        // A number that nobody has is out of range, as it is for a slice.
        &self.members[self.slot(number).unwrap_or(usize::MAX)]
    }
}

/// Numbers for sorted ids: those that are known keep theirs, the others get some between them. `None` if there is no room, or
/// if two have one id.
#[must_use]
pub fn numbers(ids: &[&str], known: &[(&str, u32)], range: Range<u32>) -> Option<Vec<u32>> {
    if ids.is_sorted_by(|a, b| a < b) { spread(ids, known, range) } else { None }
}

/// Numbers where nobody has one yet.
#[must_use]
pub fn fresh(count: usize, range: Range<u32>) -> Vec<u32> {
    let (span, parts) = (u64::from(range.end - range.start), count as u64 + 1);
    // No more than the span, which is of 32 bits.
    (1..parts).map(|part| range.start + (part * span / parts) as u32).collect()
}

fn spread(ids: &[&str], known: &[(&str, u32)], range: Range<u32>) -> Option<Vec<u32>> {
    let mut numbers = Vec::with_capacity(ids.len());
    let mut known = known.iter().peekable();
    let mut low = range.start;
    let mut ids = ids.iter().peekable();
    while let Some(id) = ids.peek() {
        while let Some((_, number)) = known.next_if(|(other, _)| other < *id) {
            low = number + 1;
        }
        if let Some((_, number)) = known.next_if(|(other, _)| other == *id) {
            numbers.push(*number);
            (low, _) = (number + 1, ids.next());
            continue;
        }
        let high = known.peek().map_or(range.end, |(_, number)| *number);
        let mut run = 0;
        while ids.next_if(|id| known.peek().is_none_or(|(next, _)| *id < next)).is_some() {
            run += 1;
        }
        let room = low..high.max(low);
        if room.len() < run {
            return None;
        }
        numbers.extend(fresh(run, room));
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(ids: &[&str], known: &[(&str, u32)]) -> Vec<u32> {
        numbers(ids, known, FILED).unwrap_or_default()
    }

    #[test]
    fn who_is_known_keeps_a_number_and_who_is_new_comes_between() {
        let first = given(&["b", "d", "f"], &[]);
        let known = [("b", first[0]), ("d", first[1]), ("f", first[2])];
        let later = given(&["a", "b", "c1", "c2", "f", "g"], &known);
        assert!(later.is_sorted_by(|a, b| a < b), "{later:?}");
        assert_eq!((later[1], later[4]), (first[0], first[2]));
        assert!(!later.contains(&first[1]), "the number of who is gone is not given out again");
    }

    #[test]
    fn where_no_number_is_left_there_is_none() {
        assert_eq!(numbers(&["a", "b"], &[], 5..7), Some(vec![5, 6]));
        assert_eq!(numbers(&["a", "b", "c"], &[("a", 5), ("c", 6)], 5..7), None);
        assert_eq!(numbers(&["a", "a"], &[], FILED), None);
    }

    #[test]
    fn many_may_come_at_one_place() {
        let mut ids: Vec<String> = vec!["a".to_owned(), "z".to_owned()];
        let mut last = given(&["a", "z"], &[]);
        for n in 0..16 {
            let old = ids.clone();
            let known: Vec<(&str, u32)> =
                old.iter().map(String::as_str).zip(last.iter().copied()).collect();
            ids.push(format!("m{n:02}"));
            ids.sort();
            let new: Vec<&str> = ids.iter().map(String::as_str).collect();
            last = given(&new, &known);
            assert!(last.len() == new.len() && last.is_sorted_by(|a, b| a < b));
        }
    }
}
