// Stands for a module that the bundle does not need; see build.mjs.
export default {};
