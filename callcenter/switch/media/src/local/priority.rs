//! The thread that keeps time for a thousand calls goes before those that compute.

use thread_priority::{
    RealtimeThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

/// Puts the calling thread before every ordinary one (`sched(7)`, SCHED_FIFO at the
/// lowest real-time priority). Where this is not allowed it says so once and goes on:
/// sound is then as even as the machine is idle.
pub(super) fn prioritise_this_thread() {
    let lowest = ThreadPriority::Crossplatform(1u8.try_into().unwrap_or_default());
    let policy = ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo);
    if let Err(error) = set_thread_priority_and_policy(thread_native_id(), lowest, policy) {
        tracing::warn!(
            ?error,
            "The media plane's thread has no priority over others"
        );
    }
}
