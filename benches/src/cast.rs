//! Who and what an article's sentences name. In: its entities. Out: one after the other, so that each gets its turn.
//! [`Cast::new`] is the entry.

use crate::{
    phrases::Phrases,
    random::Random,
    registry::{Entity, Kind},
};

/// The entities of one article, taking turns, and its draws.
#[derive(Debug)]
pub struct Cast<'a> {
    /// The article's draws.
    pub random: Random,
    phrases: &'a Phrases,
    actors: Vec<&'a Entity>,
    places: Vec<&'a Entity>,
    n_turns: (usize, usize),
}

/// A name as a sentence uses it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Called<'a> {
    /// As written.
    pub name: &'a str,
    /// Whether verbs after it are feminine.
    pub is_she: bool,
}

impl<'a> Cast<'a> {
    /// A cast of these entities.
    #[must_use]
    pub fn new(entities: &[&'a Entity], phrases: &'a Phrases, random: Random) -> Self {
        let (places, actors) = entities.iter().partition(|it| it.kind == Kind::Place);
        Self { random, phrases, actors, places, n_turns: (0, 0) }
    }

    /// The next person or body; where the article has none, and now and then, somebody without a name.
    pub fn actor(&mut self) -> Called<'a> {
        let entity = self.actors.get(self.n_turns.0 % self.actors.len().max(1)).copied();
        match entity {
            Some(entity) if !self.random.one_in(12) => {
                self.n_turns.0 += 1;
                Called { name: spelling(entity, &mut self.random), is_she: entity.is_she }
            }
            _ => {
                let is_she = self.random.one_in(2);
                let gender = if is_she { "feminine" } else { "masculine" };
                let nobody = self.phrases.list(&format!("actors, {gender}"));
                Called { name: self.random.word(nobody), is_she }
            }
        }
    }

    /// The next place; where the article has none, one without a name.
    pub fn place(&mut self) -> &'a str {
        let entity = self.places.get(self.n_turns.1 % self.places.len().max(1)).copied();
        let Some(entity) = entity else {
            return self.random.word(self.phrases.list("somewhere"));
        };
        self.n_turns.1 += 1;
        spelling(entity, &mut self.random)
    }
}

/// The name, or once in five an alias.
fn spelling<'a>(entity: &'a Entity, random: &mut Random) -> &'a str {
    let alias = if random.one_in(5) { random.pick(&entity.aliases) } else { None };
    alias.unwrap_or(&entity.name)
}
