//! Looks after a machine in the field: updates, whether a start was a good one, reports and orders.
