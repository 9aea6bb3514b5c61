/** A module that does not call handleRequests(). */
export {};
