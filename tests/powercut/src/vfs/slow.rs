//! SQLite's own `unix` file system on a disk that takes its time.

use std::{
    ffi::{c_char, c_int},
    sync::OnceLock,
    thread,
    time::Duration,
};

use rusqlite::ffi;

use super::unix::{Open, plant};

type Sync = unsafe extern "C" fn(*mut ffi::sqlite3_file, c_int) -> c_int;

static DELAY: OnceLock<Duration> = OnceLock::new();
static OPEN: OnceLock<Open> = OnceLock::new();
static SYNC: OnceLock<Sync> = OnceLock::new();

/// A file system of SQLite's whose every sync takes so much longer than the disk
/// below; its name. Only the first call of a process says how much.
///
/// # Panics
/// When SQLite has no file system of its own.
pub fn slow_syncs(delay: Duration) -> &'static str {
    DELAY.get_or_init(|| delay);
    OPEN.get_or_init(|| {
        let the_default = false;
        plant(c"unix-slow", open, the_default)
    });
    "unix-slow"
}

/// Opens the file for real, then stands in the way of its syncs.
unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let Some(real) = OPEN.get() else {
        return ffi::SQLITE_CANTOPEN;
    };
    // SAFETY: SQLite's own call, passed on; `pMethods` is set when it was opened.
    unsafe {
        let answer = real(vfs, name, file, flags, flags_out);
        if answer == ffi::SQLITE_OK {
            let mut methods = *(*file).pMethods;
            if let Some(real) = methods.xSync.replace(sync) {
                SYNC.get_or_init(|| real);
            }
            (*file).pMethods = Box::leak(Box::new(methods));
        }
        answer
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let Some(real) = SYNC.get() else {
        return ffi::SQLITE_IOERR_FSYNC;
    };
    // SAFETY: SQLite's own call, passed on.
    let answer = unsafe { real(file, flags) };
    thread::sleep(DELAY.get().copied().unwrap_or_default());
    answer
}
