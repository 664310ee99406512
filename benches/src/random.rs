//! Chance that can be repeated. In: a seed and a number. Out: the same draws on every machine. [`Random::new`] and
//! [`Zipf::new`] are the entries.

/// A stream of draws: SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of one thing of a corpus: `index` is its number.
    #[must_use]
    pub fn new(seed: u64, index: u64) -> Self {
        Self(mixed(seed ^ mixed(index.wrapping_add(STEP))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number from 0 to `n - 1`; 0 for `n = 0`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number from `low` to `high`, both of them possible.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True once in `n` draws.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of a list; `None` of an empty one.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of a list of words; the empty one of an empty list.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }
}

/// 2^64 divided by the golden ratio.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Ranks of which the first are drawn most: rank `r` with a weight of `1 / (r + 1)^exponent`.
#[derive(Debug)]
pub struct Zipf(Vec<f64>);

impl Zipf {
    /// Over the ranks from 0 to `n - 1`.
    #[must_use]
    pub fn new(n: usize, exponent: f64) -> Self {
        let weights = (1..=n).map(|rank| (rank as f64).powf(-exponent));
        Self(
            weights
                .scan(0.0, |total, weight| {
                    *total += weight;
                    Some(*total)
                })
                .collect(),
        )
    }

    /// `n` different ranks, or as many as there are, in the order of drawing.
    #[must_use]
    pub fn draw(&self, n: usize, random: &mut Random) -> Vec<usize> {
        let mut ranks = Vec::with_capacity(n);
        while ranks.len() < n.min(self.0.len()) {
            let rank = self.rank(random);
            if !ranks.contains(&rank) {
                ranks.push(rank);
            }
        }
        ranks
    }

    fn rank(&self, random: &mut Random) -> usize {
        let total = self.0.last().copied().unwrap_or_default();
        let at = random.next() as f64 / u64::MAX as f64 * total;
        self.0.partition_point(|&sum| sum < at).min(self.0.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_draws() {
        let draws = |seed, index| {
            let mut random = Random::new(seed, index);
            [(); 8].map(|()| random.below(1000))
        };
        assert_eq!(draws(7, 3), draws(7, 3));
        assert_ne!(draws(7, 3), draws(7, 4));
        assert_ne!(draws(7, 3), draws(8, 3));
    }

    #[test]
    fn low_ranks_are_drawn_most() {
        let zipf = Zipf::new(200, 0.9);
        let mut random = Random::new(1, 1);
        let mut counts = [0; 200];
        for _ in 0..10_000 {
            zipf.draw(3, &mut random).into_iter().for_each(|rank| counts[rank] += 1);
        }
        assert!(counts[0] > counts[9] && counts[9] > counts[99] && counts[199] > 0);
    }
}
