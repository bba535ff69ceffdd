//! The data networks with invented people: for demonstration, training and tests.
//!
//! A real HTTP server that stands where a security server stands, and speaks
//! X-Road. It can be slow, broken or absurd when it is told to.

mod answering;
mod mood;
mod register;
mod server;

pub use mood::Mood;
pub use register::{Register, RegisterError};
pub use server::{Running, start};
