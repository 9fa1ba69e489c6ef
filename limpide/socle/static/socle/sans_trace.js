// htmx notes the address of each page in the session storage, for a history that this site does not use: an address
// can hold the number of a file. Removed at once; a test opens every page and finds nothing left.
sessionStorage.removeItem("htmx-current-path-for-history");
