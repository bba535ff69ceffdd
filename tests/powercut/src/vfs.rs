//! The file system SQLite sees: `sqlite3_vfs` over a [`Disk`](crate::disk::Disk).
//!
//! It does what SQLite's `unix` file system does where a power cut can tell the
//! difference: the first sync of a log that was opened also syncs its directory, a delete
//! syncs the directory only when asked to, and `psow` is heard on the main file
//! alone. Locks are nominal: one connection has a file.
//!
//! The one module with `unsafe`, with its parts in `vfs/`. SQLite promises (sqlite.org/c3ref/io_methods)
//! that a file pointer it hands in is one `xOpen` has filled and `xClose` has
//! not seen, that buffers have the length it names, and that one connection's
//! calls do not overlap; every block below rests on that.

mod files;
mod names;
mod planting;
mod slow;
mod unix;

use std::{
    ffi::{CStr, c_char, c_int},
    mem, ptr,
    sync::Once,
};

use rusqlite::ffi;

use crate::{
    disk::Failure,
    drive::{SharedDisk, lock},
    image::{FileId, Operation},
};

pub use slow::slow_syncs;
pub use unix::plant_normal;

/// What SQLite calls a sector when it cannot ask: an ext4 block.
const SECTOR: c_int = 4096;
const PATH_MAX: c_int = 512;
/// What SQLite allocates for an open file. The first field is SQLite's own.
#[repr(C)]
struct Slot {
    base: ffi::sqlite3_file,
    open: *mut OpenFile,
}

struct OpenFile {
    disk: SharedDisk,
    file: FileId,
    directory_unsynced: bool,
    powersafe: bool,
    /// The log's index; a power cut forgets it and SQLite makes it anew.
    shared: Vec<Box<[u64]>>,
}

/// Makes this the process's file system, once.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let vfs = ffi::sqlite3_vfs {
            iVersion: 2,
            szOsFile: mem::size_of::<Slot>() as c_int,
            mxPathname: PATH_MAX,
            pNext: ptr::null_mut(),
            zName: c"powercut".as_ptr(),
            pAppData: ptr::null_mut(),
            xOpen: Some(names::open),
            xDelete: Some(names::delete),
            xAccess: Some(names::access),
            xFullPathname: Some(names::full_pathname),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(names::randomness),
            xSleep: Some(names::sleep),
            xCurrentTime: None,
            xGetLastError: None,
            xCurrentTimeInt64: Some(names::current_time),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        };
        // SAFETY: SQLite keeps the pointer for the life of the process, so it is leaked.
        let answer = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 1) };
        assert_eq!(answer, ffi::SQLITE_OK, "SQLite takes a file system");
    });
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(files::close),
    xRead: Some(files::read),
    xWrite: Some(files::write),
    xTruncate: Some(files::truncate),
    xSync: Some(files::sync),
    xFileSize: Some(files::file_size),
    xLock: Some(files::set_lock),
    xUnlock: Some(files::set_lock),
    xCheckReservedLock: Some(files::check_reserved_lock),
    xFileControl: Some(planting::file_control),
    xSectorSize: Some(files::sector_size),
    xDeviceCharacteristics: Some(files::device_characteristics),
    xShmMap: Some(files::shm_map),
    xShmLock: Some(files::shm_lock),
    xShmBarrier: Some(files::shm_barrier),
    xShmUnmap: Some(files::shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

fn opened<'a>(file: *mut ffi::sqlite3_file) -> &'a mut OpenFile {
    // SAFETY: `file` is a `Slot` that `open` has filled; calls do not overlap.
    unsafe { &mut *(*file.cast::<Slot>()).open }
}

fn text(name: *const c_char) -> String {
    // SAFETY: SQLite's names end with a zero.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_string_lossy().into_owned()
}

/// Does an operation on a named file; `broken` is SQLite's word for its failure.
fn perform(disk: &SharedDisk, operation: Operation, broken: c_int) -> c_int {
    match lock(disk).perform(operation) {
        Ok(()) => ffi::SQLITE_OK,
        Err(Failure::Full) => ffi::SQLITE_FULL,
        Err(Failure::Broken) => broken,
    }
}

/// SQLite's lengths and offsets are never negative.
fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}
