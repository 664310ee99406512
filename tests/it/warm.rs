//! A build that knows the last one equals a build that knows nothing, whatever was edited between the two.
//!
//! In: random sequences of edits of a small newsroom, `BRIEF_EDITS` builds of them (300), from seed `BRIEF_SEED` on (1).
//! After each edit the warm site is built again, and a cold one from the same sources in a new folder: the same findings, the
//! same files, the same bytes; where there is an error, the warm output as it was. [`warm_equals_cold`] is the entry.

mod choose;
mod compare;
mod edits;
mod newsroom;
mod random;
mod values;
mod words;
mod world;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use jiff::Timestamp;

use self::{
    compare::{Change, differences, first_difference, sorted},
    edits::Edit,
    random::Random,
    values::Author,
    words::words,
    world::World,
};
use crate::site::{Built, Site};

/// Builds of a sequence; the next one begins with another newsroom.
const STEPS: u64 = 50;
/// Builds that look for a shorter sequence once one has failed.
const SHRINKING: usize = 1000;
/// Newsrooms that are made until one can be published: in some, two articles want one address.
const NEWSROOMS: usize = 50;
/// Paths that a failure names.
const SHOWN: usize = 8;
/// The first "now": there are articles before it, of that morning, and after it.
const NOW: Timestamp = Timestamp::constant(1_701_410_400, 0);

/// What is done before one build, and how that build is made.
#[derive(Debug, Clone)]
struct Step {
    edits: Vec<Edit>,
    how: How,
}

/// How the warm site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// With all that the last build left.
    Warm,
    /// With a list of what was changed instead of a look at all folders.
    Listed,
    /// All outputs made again, over what is there.
    Cold,
    /// Unknown topics, entities and stories are errors; the cold site is built likewise.
    Strict,
}

/// A site that is built after each edit, what its last published build left, and one that is always built from nothing.
struct Bench {
    warm: Option<Site>,
    cold: Option<Site>,
    world: World,
    tree: BTreeMap<String, Vec<u8>>,
    is_published: bool,
    /// Builds in a row that published nothing.
    n_refused: usize,
}

impl Bench {
    /// The first newsroom of a seed that has no error, built once.
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        for _ in 0..NEWSROOMS {
            let (warm, cold) = (Site::new().now(&NOW.to_string()), Site::new());
            let mut world = World::new([&warm, &cold], NOW);
            newsroom::write(&mut random, &mut world);
            let built = build(&warm).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}"));
            if built.is_published() {
                world.set_published();
                let tree = warm.tree();
                let (warm, cold) = (Some(warm), Some(cold));
                return Self { warm, cold, world, tree, is_published: true, n_refused: 0 };
            }
        }
        panic!("seed {seed}: in {NEWSROOMS} newsrooms there is none without an error");
    }

    fn choose(&self, random: &mut Random) -> Step {
        let n_faults = if random.chance(20) { 12 } else { 1 };
        let n_edits = if random.chance(80) { 1 } else { 2 + random.below(4) };
        let how = match random.below(20) {
            0 => How::Cold,
            1 => How::Strict,
            2..=6 => How::Listed,
            _ => How::Warm,
        };
        if self.n_refused > 2 || self.n_refused > 0 && random.chance(60) {
            return Step {
                edits: vec![Edit::Undo],
                how: if how == How::Strict { How::Warm } else { how },
            };
        }
        let mut author = Author { random, words: words(), faults: n_faults };
        let edits = (0..n_edits).flat_map(|_| author.edit(&self.world)).collect();
        Step { edits, how }
    }

    /// Makes the edits and builds; then, if wanted, compares with a cold build. What is wrong, in words.
    fn step(&mut self, step: &Step, is_compared: bool) -> Result<(), String> {
        step.edits.iter().for_each(|edit| edit.apply(&mut self.world));
        let changed = self.world.changed();
        let result = self.build_and_look(step, &changed, is_compared);
        let some: Vec<_> = changed.iter().take(SHOWN).collect();
        result.map_err(|wrong| format!("{wrong}\n{} paths touched: {some:?}", changed.len()))
    }

    fn build_and_look(
        &mut self,
        step: &Step,
        changed: &[String],
        is_compared: bool,
    ) -> Result<(), String> {
        let warm = self.build_warm(step.how, changed)?;
        let tree = site(&self.warm).tree();
        let change = Change::between(&std::mem::replace(&mut self.tree, tree), &self.tree);
        let was_published = std::mem::replace(&mut self.is_published, warm.is_published());
        if warm.is_published() {
            self.world.set_published();
            self.n_refused = 0;
            change.expect_reported(&warm.published())?;
        } else {
            self.n_refused += 1;
        }
        let is_idle = was_published && step.edits.iter().all(Edit::is_idle);
        if is_idle || !warm.is_published() {
            change.expect_none("nothing was to be published, and the output was touched")?;
        }
        if is_compared { self.compare(&warm, step.how) } else { Ok(()) }
    }

    /// Builds the warm site. The one place where a build can be told `changed`: the paths below the root that edits have
    /// touched since the last build that was published.
    fn build_warm(&mut self, how: How, changed: &[String]) -> Result<Built, String> {
        if how == How::Listed {
            let unlisted = self.world.differing().into_iter().filter(|it| !changed.contains(it));
            assert_eq!(unlisted.collect::<Vec<_>>(), [""; 0], "the list is not whole");
        }
        let is_strict = how == How::Strict;
        set(&mut self.warm, |site| site.now(&self.world.now.to_string()).strict(is_strict));
        set(&mut self.warm, |site| site.cold(how == How::Cold));
        let listed = (how == How::Listed).then(|| changed.to_vec());
        set(&mut self.warm, |site| site.changed(listed));
        build(site(&self.warm))
    }

    /// Compares with a build of the same sources that knows nothing.
    fn compare(&mut self, warm: &Built, how: How) -> Result<(), String> {
        let is_strict = how == How::Strict;
        set(&mut self.cold, |site| site.now(&self.world.now.to_string()).strict(is_strict));
        self.world.clear_cold();
        let cold = build(site(&self.cold))?;
        let said = differences(&sorted(warm), &sorted(&cold));
        if warm.is_published() != cold.is_published() || !said.is_empty() {
            return Err(format!("the builds say different things, warm (-) and cold (+):\n{said}"));
        }
        match warm.is_published() {
            true => first_difference(&self.tree, &site(&self.cold).tree()),
            false => Ok(()),
        }
    }
}

/// Changes how a site is built; what changes it takes the site and gives it back.
fn set(site: &mut Option<Site>, change: impl FnOnce(Site) -> Site) {
    *site = site.take().map(change);
}

fn site(site: &Option<Site>) -> &Site {
    site.as_ref().expect("it is away only while it is set")
}

/// A build; a panic of brief is a finding like any other.
fn build(site: &Site) -> Result<Built, String> {
    let built = catch_unwind(AssertUnwindSafe(|| site.try_build()));
    let built = built.map_err(|_| "the build panicked; its message stands above".to_owned())?;
    built.map_err(|error| format!("the build could not run: {error}"))
}

/// So many builds from a seed; when one is wrong, all steps up to it and what is wrong.
fn run(seed: u64, n_steps: u64) -> Result<(), (Vec<Step>, String)> {
    let mut bench = Bench::new(seed);
    let mut random = Random::new(!seed);
    let mut steps = Vec::new();
    for _ in 0..n_steps {
        let step = bench.choose(&mut random);
        steps.push(step.clone());
        bench.step(&step, true).map_err(|wrong| (steps.clone(), wrong))?;
    }
    Ok(())
}

/// What is wrong after the last of the steps, if the others go through.
fn replay(seed: u64, steps: &[Step]) -> Option<String> {
    let mut bench = Bench::new(seed);
    let (last, others) = steps.split_last()?;
    others.iter().try_for_each(|step| bench.step(step, false)).ok()?;
    bench.step(last, true).err()
}

/// The steps without those that the last one does not need to go wrong.
fn shrink(seed: u64, mut steps: Vec<Step>) -> Vec<Step> {
    let mut n_builds = SHRINKING;
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut end = steps.len() - 1;
        while end >= size && n_builds >= steps.len() {
            n_builds -= steps.len();
            let mut fewer = steps.clone();
            fewer.drain(end - size..end);
            if replay(seed, &fewer).is_some() {
                steps = fewer;
            }
            end -= size;
        }
        size /= 2;
    }
    steps
}

/// Runs each fourth sequence of the seeds: four tests share them, and the cores.
fn warm_equals_cold(quarter: u64) {
    let number = |name, default| std::env::var(name).map_or(default, |it| it.parse().unwrap());
    let (n_edits, seed): (u64, u64) = (number("BRIEF_EDITS", 300), number("BRIEF_SEED", 1));
    for sequence in (0..n_edits.div_ceil(STEPS)).filter(|it| it % 4 == quarter) {
        let n_steps = STEPS.min(n_edits - sequence * STEPS);
        if let Err((steps, wrong)) = run(seed + sequence, n_steps) {
            report(seed + sequence, steps, &wrong);
        }
    }
}

fn report(seed: u64, steps: Vec<Step>, wrong: &str) -> ! {
    let n_steps = steps.len();
    let last = steps.last().cloned();
    let few = shrink(seed, steps);
    let again = replay(seed, &few).unwrap_or_default();
    let few: Vec<_> = few.iter().map(|step| format!("{step:?}")).collect();
    panic!(
        "\nseed {seed}, step {n_steps}: {last:?}\n{wrong}\n\nThe fewest steps found after which it happens:\n{}\n{again}\n\n\
         Again: BRIEF_EDITS={} BRIEF_SEED={seed} cargo test warm_equals_cold\n",
        few.join("\n"),
        n_steps
    );
}

#[test]
fn warm_equals_cold_first_quarter() {
    warm_equals_cold(0);
}

#[test]
fn warm_equals_cold_second_quarter() {
    warm_equals_cold(1);
}

#[test]
fn warm_equals_cold_third_quarter() {
    warm_equals_cold(2);
}

#[test]
fn warm_equals_cold_last_quarter() {
    warm_equals_cold(3);
}
