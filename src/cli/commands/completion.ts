import type { Terminal } from "../../app/terminal.ts";

/*
 * A shell's script asks lbdoctor what fits and puts it to the person in the shell's own way. "complete" answers a word
 * and what it means on each line, or one line ":files" or ":folders" for what the shell completes itself.
 */

const BASH = `# bash completion for lbdoctor: source <(lbdoctor completion bash)
_lbdoctor() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" line
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :files) COMPREPLY=( $(compgen -f -- "$cur") ); compopt -o filenames ;;
      :folders) COMPREPLY=( $(compgen -d -- "$cur") ); compopt -o filenames ;;
      *) COMPREPLY+=( "$(printf '%q' "\${line%%$'\\t'*}")" ) ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _lbdoctor lbdoctor
`;

const ZSH = `#compdef lbdoctor
# zsh completion for lbdoctor: source <(lbdoctor completion zsh), after compinit
_lbdoctor() {
  local -a found
  local line
  for line in \${(f)"$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)"}; do
    case "$line" in
      :files) _files; return ;;
      :folders) _files -/; return ;;
      *) found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  _describe lbdoctor found
}
compdef _lbdoctor lbdoctor
`;

const FISH = `# fish completion for lbdoctor: lbdoctor completion fish > ~/.config/fish/completions/lbdoctor.fish
function __lbdoctor_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (command $words[1] complete -- $words[2..-1] 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':folders'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c lbdoctor -f -a '(__lbdoctor_complete)'
`;

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** Prints a shell's completion script. Answers the exit code. */
export function completion(shell: Shell, { out }: Pick<Terminal, "out">): number {
  out.write({ bash: BASH, zsh: ZSH, fish: FISH }[shell]);
  return 0;
}
