//! The town in one process: what the stories about the whole system share.
