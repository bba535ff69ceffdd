//! The data networks with invented people: for demonstration, training and tests.
//!
//! A real HTTP server that stands where a security server stands, and speaks
//! X-Road. Its records are made of [`world::World`]; a service it has no records for is
//! answered with the sample of the catalogue. It can be slow, broken or absurd when it
//! is told to. One agency takes documents, too.

mod answering;
mod example;
mod inbox;
mod mood;
mod networks;
mod samples;
mod server;

pub use example::Example;
pub use mood::Mood;
pub use networks::questions;
pub use server::{Running, StartError, start};
