//! What the registry has of one kind, by number, each read when it is asked for: a small build asks for few of the thousands
//! that there may be. In: members with ids that sort, or their records. Out: lookups by number ([`Roll`]), and numbers for who
//! is new ([`numbers`]).
//!
//! A number stays with its id from build to build, so that records which bear it need not be written again when somebody
//! comes or goes; and numbers are in the order of ids, so that what is sorted by them is as in a build from nothing. Who comes
//! later gets a number between those of its neighbours. Where there is none left, all are numbered anew.

use std::{
    cmp::Ordering,
    ops::{Index, Range},
    sync::{Arc, OnceLock},
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _, Visitor},
    ser::Error as _,
};

/// The numbers of those with a file.
pub const FILED: Range<u32> = 0..1 << 30;
/// The numbers of those that only front matter names.
pub const UNFILED: Range<u32> = 1 << 30..1 << 31;

/// Members by number.
#[derive(Debug, Clone)]
pub struct Roll<T> {
    /// In order.
    numbers: Vec<u32>,
    /// In the same order.
    places: Vec<Place<T>>,
    /// The records of those that came from the store, one after the other.
    records: Arc<[u8]>,
}

#[derive(Debug, Clone)]
struct Place<T> {
    /// Where its record stands; empty where there is none.
    record: Range<u32>,
    member: OnceLock<Box<T>>,
}

impl<T> Default for Roll<T> {
    fn default() -> Self {
        Self { numbers: Vec::new(), places: Vec::new(), records: Arc::default() }
    }
}

impl<T> Roll<T> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many have a file.
    #[must_use]
    pub fn n_filed(&self) -> usize {
        self.numbers.partition_point(|number| FILED.contains(number))
    }

    /// Adds a member, behind others of the same number.
    pub fn add(&mut self, number: u32, member: T) {
        let at = self.numbers.partition_point(|other| *other <= number);
        self.numbers.insert(at, number);
        let place = Place { record: 0..0, member: OnceLock::from(Box::new(member)) };
        self.places.insert(at, place);
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

    fn record(&self, place: &Place<T>) -> &[u8] {
        let Range { start, end } = place.record;
        self.records.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl<T: DeserializeOwned + Default> Roll<T> {
    /// The member with a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        self.slot(number).and_then(|slot| self.at(slot))
    }

    /// The member at a place.
    #[must_use]
    pub fn at(&self, slot: usize) -> Option<&T> {
        self.places.get(slot).map(|place| self.read(place))
    }

    fn read<'a>(&'a self, place: &'a Place<T>) -> &'a T {
        // The sum of the whole was right, so each record is what was written.
        let read = || postcard::from_bytes(self.record(place)).unwrap_or_default();
        place.member.get_or_init(|| Box::new(read()))
    }

    /// All with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.numbers.iter().copied().zip(self.members())
    }

    /// All in the order of their numbers.
    pub fn members(&self) -> impl Iterator<Item = &T> {
        self.places.iter().map(|place| self.read(place))
    }

    /// Those with a file, in the order of their numbers.
    pub fn filed(&self) -> impl Iterator<Item = &T> {
        self.members().take(self.n_filed())
    }

    /// The number of the one that `order` finds equal, if all stand in that order.
    #[must_use]
    pub fn find(&self, order: impl Fn(&T) -> Ordering) -> Option<u32> {
        let at = self.places.binary_search_by(|place| order(self.read(place)));
        self.number(at.ok()?)
    }
}

/// The member with a number, where the registry gave out that number.
impl<T: DeserializeOwned + Default> Index<u32> for Roll<T> {
    type Output = T;

    fn index(&self, number: u32) -> &T {
        // A number that nobody has is out of range, as it is for a slice.
        self.read(&self.places[self.slot(number).unwrap_or(usize::MAX)])
    }
}

/// Numbers, where the record of each ends, and all records.
#[derive(Serialize, Deserialize)]
struct Kept {
    numbers: Vec<u32>,
    ends: Vec<u32>,
    records: Records,
}

struct Records(Arc<[u8]>);

impl<T: Serialize> Serialize for Roll<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ends = Vec::with_capacity(self.len());
        let mut records = Vec::with_capacity(self.records.len());
        for place in &self.places {
            match place.member.get().filter(|_| place.record.is_empty()) {
                Some(member) => {
                    records = postcard::to_extend(member, records).map_err(S::Error::custom)?;
                }
                None => records.extend_from_slice(self.record(place)),
            }
            ends.push(u32::try_from(records.len()).map_err(S::Error::custom)?);
        }
        let numbers = self.numbers.clone();
        Kept { numbers, ends, records: Records(records.into()) }.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Roll<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Kept { numbers, ends, records: Records(records) } = Kept::deserialize(deserializer)?;
        let len = ends.last().map_or(0, |last| *last as usize);
        if len != records.len() || numbers.len() != ends.len() {
            return Err(D::Error::custom("records of another length"));
        }
        let starts = [0].into_iter().chain(ends.iter().copied());
        let place = |(start, end)| Place { record: start..end, member: OnceLock::new() };
        let places = starts.zip(ends.iter().copied()).map(place).collect();
        Ok(Self { numbers, places, records })
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Records;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Records, E> {
                Ok(Records(bytes.into()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
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
