//! The thread that writes goes before those that compute.

use thread_priority::{
    RealtimeThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

/// Puts the calling thread, which waits for the disk most of the time, before
/// every ordinary one: else a busy machine and not the disk decides how long a
/// citizen waits. Where this is not allowed it says so once and goes on.
///
/// The lowest real-time priority (`sched(7)`, SCHED_FIFO); the kernel leaves
/// ordinary threads 5 % of the time even if this one never waited.
pub fn prioritise_this_thread() {
    let lowest = ThreadPriority::Crossplatform(1u8.try_into().unwrap_or_default());
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    if let Err(error) = set_thread_priority_and_policy(thread_native_id(), lowest, policy) {
        tracing::warn!(?error, "The journal's thread has no priority over others");
    }
}
