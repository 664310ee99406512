//! `brief` makes static sites for news briefings in Arabic and other right-to-left languages.
//!
//! Start at [`pipeline`]: it calls the verbs in order. The verbs hand each other types of [`model`] and never call
//! each other; the nouns and the ground below them call no verb.

pub mod cli;
pub mod serve;

pub mod pipeline;

pub mod link;
pub mod load;
pub mod parse;
pub mod plan;
pub mod render;
pub mod write;

pub mod archive;

pub mod disk;
pub mod model;

pub mod diag;
pub mod progress;
pub mod text;
