//! Where all that an output depends on goes. In: thing by thing. Out: one digest, from a [`Hash`]; or the same digest with
//! the name of each thing, from a [`Recorder`].

use crate::{
    model::{Digest, hash::Hash},
    plan::inputs::{Input, What},
};

/// Takes in what an output depends on. What `feed` does must not depend on the hash it is given.
pub(super) trait Sink {
    /// Something that people have a name for. The name is asked for only where it is kept; its digest is made of the feed.
    fn input(&mut self, feed: impl Fn(&mut Hash), name: impl FnOnce() -> Input);
    /// Everything else: order, dates, counts, neighbours.
    fn rest(&mut self, feed: impl Fn(&mut Hash));
}

impl Sink for Hash {
    #[inline]
    fn input(&mut self, feed: impl Fn(&mut Hash), _name: impl FnOnce() -> Input) {
        feed(self);
    }

    #[inline]
    fn rest(&mut self, feed: impl Fn(&mut Hash)) {
        feed(self);
    }
}

/// Keeps the name of each thing beside the digest of all.
#[derive(Default)]
pub(super) struct Recorder {
    whole: Hash,
    rest: Hash,
    inputs: Vec<Input>,
}

impl Sink for Recorder {
    fn input(&mut self, feed: impl Fn(&mut Hash), name: impl FnOnce() -> Input) {
        feed(&mut self.whole);
        let input = name().of(&feed);
        // Which things come in which order is part of the arrangement; how they are, is not.
        let (what, key) = input.key();
        self.rest.text(what.noun()).text(key);
        self.inputs.push(input);
    }

    fn rest(&mut self, feed: impl Fn(&mut Hash)) {
        feed(&mut self.whole);
        feed(&mut self.rest);
    }
}

impl Recorder {
    /// The digest that a [`Hash`] would have made, and every input.
    pub(super) fn finish(mut self) -> (Digest, Vec<Input>) {
        let rest = self.rest.finish();
        let arrangement = Input::new(What::Arrangement, "order, counts and neighbours", "");
        self.inputs.push(Input { digest: rest, ..arrangement });
        (self.whole.finish(), self.inputs)
    }
}
