//! A part of a site's outputs, so that several machines can build one site. In: a route. Out: whether the part holds
//! it: [`Shard::holds`], which every version of brief answers alike.

use std::{fmt, str::FromStr};

use super::{Digest, route::Route};

/// One of several parts: all of them together hold every output, and no output is in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard {
    /// Which part, from 1.
    pub part: u32,
    /// How many parts there are, 1 to [`Shard::MOST`].
    pub of: u32,
}

impl Shard {
    /// The most parts that a site can be divided into.
    pub const MOST: u32 = 10_000;

    /// Whether the output at a route is in this part.
    ///
    /// The rule, which never changes: take the route decoded and in UTF-8, without an `index.html` that ends it; read the
    /// first 8 bytes of its BLAKE3 hash as a big-endian number; its remainder modulo [`Shard::of`] counts parts from 0.
    #[must_use]
    pub fn holds(&self, route: &Route) -> bool {
        let route = route.as_str();
        // `/topics/x/index.html` and `/topics/x/` are one file.
        let folder = route.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        let Digest([a, b, c, d, e, f, g, h, ..]) = Digest::of(folder.unwrap_or(route).as_bytes());
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        number.checked_rem(self.of.into()).is_some_and(|at| at + 1 == u64::from(self.part))
    }
}

/// `I/K`: the I-th of K parts.
impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').map(|(part, of)| (part.parse(), of.parse()));
        match numbers {
            Some((Ok(part), Ok(of))) if (1..=of).contains(&part) && of <= Self::MOST => {
                Ok(Self { part, of })
            }
            Some((Ok::<u32, _>(_), Ok::<u32, _>(_))) => {
                Err(format!("write I/K with 1 ≤ I ≤ K ≤ {}", Self::MOST))
            }
            _ => Err("write I/K, such as 2/7 for the second of seven parts".to_owned()),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part_of(route: &str, of: u32) -> Vec<u32> {
        let route = Route::new(route);
        (1..=of).filter(|&part| Shard { part, of }.holds(&route)).collect()
    }

    /// Taken with another implementation of BLAKE3; when these numbers change, machines with different versions leave out pages.
    #[test]
    fn the_rule_is_the_same_in_every_version() {
        assert_eq!(part_of("/", 7), [2]);
        assert_eq!(part_of("/2023/09/12/train.html", 7), [7]);
        assert_eq!(part_of("/topics/\u{645}\u{648}\u{627}\u{646}\u{626}/", 10_000), [2394]);
    }

    #[test]
    fn every_route_is_in_one_part_and_a_file_has_one_route() {
        for of in [1, 2, 3, 7, 10_000] {
            for route in ["/", "/feed.xml", "/a/b/", "/index.html/", "/xindex.html"] {
                assert_eq!(part_of(route, of).len(), 1, "{route} of {of}");
            }
            assert_eq!(part_of("/a/index.html", of), part_of("/a/", of));
            assert_eq!(part_of("/index.html", of), part_of("/", of));
        }
        assert_ne!(part_of("/xindex.html", 10_000), part_of("/x", 10_000));
        assert_eq!(part_of("/", 0), [0; 0]);
    }

    #[test]
    fn parts_are_much_alike_in_size() {
        let routes = (0..7000).map(|n| Route::new(format!("/2023/09/12/{n}.html")));
        let first = Shard { part: 1, of: 7 };
        let held = routes.filter(|route| first.holds(route)).count();
        assert!((900..1100).contains(&held), "{held} of 7000");
    }

    #[test]
    fn a_part_is_written_as_two_numbers() {
        assert_eq!("2/7".parse(), Ok(Shard { part: 2, of: 7 }));
        assert_eq!(Shard { part: 2, of: 7 }.to_string(), "2/7");
        assert_eq!("10000/10000".parse(), Ok(Shard { part: 10_000, of: 10_000 }));
        for wrong in ["0/2", "3/2", "1/10001", "1/0", "2", "", "1/2/3", "-1/2", "a/b", "1 / 2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
